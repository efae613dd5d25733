import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { basename, join } from 'node:path'

/**
 * The Worker as one script, bundled the way it is deployed; answers the script's path. `entry` may
 * name a module that wraps it.
 */
export function bundleWorker(outdir: string, entry = 'worker/index.ts'): string {
  const script = join(outdir, `${basename(entry, '.ts')}.js`)
  const args = ['deploy', entry, '--dry-run', '--outdir', outdir, '-c', 'wrangler.toml']
  const env = { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: 'true' }
  const bundling = spawnSync('node_modules/.bin/wrangler', args, { env, encoding: 'utf8' })
  if (bundling.status !== 0 || !existsSync(script) || statSync(script).size === 0) {
    throw new Error(`The Worker could not be bundled:\n${bundling.stdout}${bundling.stderr}`)
  }
  return script
}
