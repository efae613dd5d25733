import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { signalGroup, startGroup } from './local/processes.mjs'

/** @typedef {{ packages?: Record<string, LockedPackage> }} Lockfile */
/** @typedef {{ version?: string, integrity?: string, optional?: boolean, link?: boolean }} LockedPackage */

/**
 * Makes node_modules what the lockfile says, and does nothing when it already is. Exits with a
 * message when npm cannot do it. This file and all it needs run before anything is installed.
 * @param {string} root
 */
export async function installIfNeeded(root) {
  if (isInstalled(root)) return
  console.log('Installing the packages AIChat needs. This happens once and takes a minute.')
  // npm must not run on the Node it is about to replace.
  const PATH = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== binFolder(root))
    .join(delimiter)
  const npm = startGroup('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: root,
    env: { ...process.env, PATH },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const interrupt = () => {
    if (npm.pid) signalGroup(npm.pid, 'SIGKILL')
    process.exit(1)
  }
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.once(signal, interrupt)
  const [status] = await once(npm, 'exit')
  for (const signal of signals) process.off(signal, interrupt)
  if (status === 0 && isInstalled(root)) return
  console.error('The packages could not be installed: see the lines above, then try again.')
  process.exit(1)
}

/**
 * The environment in which `node`, `wrangler` and the other tools are the installed ones.
 * The Node of the machine may be older than these tools accept.
 * @param {string} root
 */
export function toolEnvironment(root) {
  return { ...process.env, PATH: [binFolder(root), process.env.PATH].join(delimiter) }
}

/** @param {string} root */
function binFolder(root) {
  return join(root, 'node_modules', '.bin')
}

/**
 * npm leaves a record of what it installed; comparing it with the lockfile tells more than
 * comparing times, which a checkout or a copy changes at will.
 * @param {string} root
 */
function isInstalled(root) {
  const record = join(root, 'node_modules', '.package-lock.json')
  if (!existsSync(record) || !existsSync(join(binFolder(root), 'node'))) return false
  return matchesLockfile(readLockfile(record), readLockfile(join(root, 'package-lock.json')))
}

/**
 * Whether what is installed is what is locked. Optional packages may be absent: most of them are
 * for other operating systems.
 * @param {Lockfile} installed
 * @param {Lockfile} locked
 */
export function matchesLockfile(installed, locked) {
  const present = installed.packages ?? {}
  const wanted = locked.packages ?? {}
  const isSame = (/** @type {string} */ path) =>
    present[path]?.version === wanted[path]?.version &&
    present[path]?.integrity === wanted[path]?.integrity
  const missing = Object.entries(wanted).some(
    ([path, entry]) => path !== '' && !entry.optional && !(path in present),
  )
  return !missing && Object.keys(present).every((path) => path in wanted && isSame(path))
}

/** @param {string} path @returns {Lockfile} */
function readLockfile(path) {
  return JSON.parse(readFileSync(path, 'utf8'))
}
