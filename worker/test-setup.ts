import type { D1Migration } from 'cloudflare:test'
import { applyD1Migrations } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterAll } from 'vitest'
import { recordStatements, scansIn } from './test-statements.ts'

// Runs before each file of tests in workerd: every file starts with the tables and no rows.
await applyD1Migrations(env.DB, env.TEST_MIGRATIONS)

const statements = recordStatements(env.DB)

afterAll(async () => {
  const scans = await scansIn(env.DB, statements)
  if (scans.length > 0) {
    throw new Error(
      `Statements that find their rows without an index: ${JSON.stringify(scans, null, 2)}`,
    )
  }
})

declare global {
  namespace Cloudflare {
    interface Env {
      TEST_MIGRATIONS: D1Migration[]
      /** The base URL of the fake upstream, ending in /v1. */
      TEST_UPSTREAM: string
      JWT_SECRET: string
      CREDENTIALS_KEY: string
    }
  }
}
