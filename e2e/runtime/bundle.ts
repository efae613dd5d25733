import { spawnSync } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** The Worker as one script, bundled the way it is deployed; answers the script's path. */
export function bundleWorker(outdir: string): string {
  const script = join(outdir, 'index.js')
  const args = ['deploy', '--dry-run', '--outdir', outdir, '-c', 'wrangler.toml']
  const env = { ...process.env, WRANGLER_SEND_METRICS: 'false', CI: 'true' }
  const bundling = spawnSync('node_modules/.bin/wrangler', args, { env, encoding: 'utf8' })
  if (bundling.status !== 0 || !existsSync(script) || statSync(script).size === 0) {
    throw new Error(`The Worker could not be bundled:\n${bundling.stdout}${bundling.stderr}`)
  }
  return script
}
