import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { installIfNeeded, toolEnvironment } from './install.mjs'
import { pageStamp } from './local/page-stamp.mjs'

// `npm run build`: makes web/dist, unless it is the page of today's sources already.

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')

await installIfNeeded(root)
const page = pageStamp(root)
if (!page.isCurrent()) {
  const build = spawnSync('vite', ['build', 'web', '--logLevel', 'warn'], {
    cwd: root,
    // Whoever calls may be a test: the page is the one that people get all the same.
    env: { ...toolEnvironment(root), NODE_ENV: 'production' },
    stdio: 'inherit',
  })
  if (build.status !== 0) process.exit(1)
  page.renew()
}
