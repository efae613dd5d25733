import { spawnSync } from 'node:child_process'

/** The browser tests try the page of today's sources. */
export function setup(): void {
  const build = spawnSync('node', ['scripts/build.mjs'], { stdio: 'inherit' })
  if (build.status !== 0) throw new Error('The page could not be built.')
}
