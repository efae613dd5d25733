import { cloudflareTest, readD1Migrations } from '@cloudflare/vitest-plugin'
import { defineConfig } from 'vitest/config'

/** A test's name says where it runs: `x.workerd.test.ts` in workerd, those of e2e/ in a browser. */
const workerdTests = ['worker/**/*.workerd.test.ts']
/** The tools of the browser tests have tests of their own, which need no browser. */
const toolTests = ['e2e/fake-upstream.test.ts']

/** Never anybody's secrets: the same in every run, so that failures can be repeated. */
const testSecrets = {
  JWT_SECRET: 'the secret of the tests, at least 32 bytes long',
  CREDENTIALS_KEY: 'dGhlIGtleSBvZiB0aGUgdGVzdHMsIDMyIGJ5dGVzISE=',
  ENVIRONMENT: 'development',
}
/** Whoever has a .dev.vars gets the same results as whoever has none. */
const fromNoDevVars = { DAMPING: '', DEMO_UPSTREAM: '', SETUP_TOKEN: '', LOG_LEVEL: 'error' }

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'node',
          include: ['{scripts,web,worker,bench}/**/*.test.{ts,tsx}', ...toolTests],
          exclude: [...workerdTests, '**/{dist,node_modules}/**'],
          // A law is tried on many inputs, and the machine may be busy with other things.
          testTimeout: 60_000,
        },
      },
      {
        plugins: [
          cloudflareTest(async ({ inject }) => ({
            wrangler: { configPath: './wrangler.toml' },
            miniflare: {
              bindings: {
                ...testSecrets,
                ...fromNoDevVars,
                TEST_MIGRATIONS: await readD1Migrations('./migrations'),
                TEST_UPSTREAM: inject<string>('upstream'),
              },
            },
          })),
        ],
        test: {
          name: 'worker',
          include: workerdTests,
          globalSetup: ['e2e/upstream-setup.ts'],
          setupFiles: ['worker/test-setup.ts'],
          // Some do a thing fifty times, and the machine may be busy with other things.
          testTimeout: 90_000,
          hookTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'e2e',
          include: ['e2e/**/*.test.ts'],
          exclude: toolTests,
          globalSetup: ['e2e/product-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
