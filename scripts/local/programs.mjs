import { once } from 'node:events'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { toolEnvironment } from '../install.mjs'
import { endGroup, signalGroup, startGroup } from './processes.mjs'

/** @typedef {import('./log-file.mjs').Log} Log */
/** @typedef {{ group: number, ended: AbortSignal, succeeded: () => boolean }} Program */

/** A healthy server ends well within this; a sick one is not worth waiting for. */
const graceMs = 3_000

/**
 * The programs AIChat consists of on this machine. All of them end with the supervisor, whatever
 * ends it, and all they print goes to the log.
 * @param {{ root: string, port: number, log: Log, onChange: (groups: number[]) => void }} place
 */
export function openPrograms({ root, port, log, onChange }) {
  /** @type {Set<number>} */
  const groups = new Set()
  const leash = pathToFileURL(join(root, 'scripts/local/leash.mjs')).href

  /** @param {string[]} args @returns {Program} */
  function start(args) {
    const child = startGroup('node', ['--no-warnings', `--import=${leash}`, ...args], {
      cwd: root,
      env: { ...toolEnvironment(root), ...quiet(root) },
      stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
    })
    const group = child.pid ?? 0
    const end = new AbortController()
    child.stdout?.on('data', log.write)
    child.stderr?.on('data', log.write)
    child.once('error', (error) => {
      log.write(`${error}\n`)
      end.abort()
    })
    child.once('exit', () => end.abort())
    if (group > 0) {
      groups.add(group)
      onChange([...groups])
    }
    return { group, ended: end.signal, succeeded: () => child.exitCode === 0 }
  }

  /** For a program that is broken: nothing of it is worth saving. @param {Program} program */
  async function discard({ group }) {
    if (group === 0) return
    await endGroup(group, 0)
    groups.delete(group)
    onChange([...groups])
  }

  /** Runs to the end; the answer is whether it succeeded. @param {string[]} args */
  async function run(args) {
    const program = start(args)
    await ending(program)
    await discard(program)
    return program.succeeded()
  }

  const wrangler = join(root, 'node_modules/wrangler/wrangler-dist/cli.js')
  return {
    migrate: () =>
      run([
        wrangler,
        ...'d1 migrations apply aichat --local --persist-to .wrangler/state'.split(' '),
      ]),
    buildPage: () => run([join(root, 'scripts/build.mjs')]),
    // Each path is relative to the folder named by --cwd; the Pages configuration must come first.
    startServer: () =>
      start([
        wrangler,
        ...'pages dev --cwd web -c wrangler.toml -c ../wrangler.toml'.split(' '),
        ...`--port ${port} --persist-to ../.wrangler/state`.split(' '),
        '--show-interactive-dev-session=false',
      ]),
    startDemoModel: () => start([join(root, 'scripts/demo-model.ts'), String(port + 1)]),
    discard,
    endAll: () => Promise.all([...groups].map((group) => endGroup(group, graceMs))),
    /** The last resort, when there is no time to wait. */
    killAll: () => groups.forEach((group) => signalGroup(group, 'SIGKILL')),
  }
}

/** @typedef {ReturnType<typeof openPrograms>} Programs */

/** Resolves when a program has ended. @param {Program} program @returns {Promise<unknown>} */
export function ending({ ended }) {
  return ended.aborted ? Promise.resolve() : once(ended, 'abort')
}

/**
 * Wrangler asks no questions, reports nothing, fetches nothing, and keeps to this folder: with its
 * usual registry, two installations on one machine would answer each other's requests.
 * @param {string} root
 */
function quiet(root) {
  return {
    CI: '1',
    // A quarter of the time until wrangler is ready goes into compiling wrangler.
    NODE_COMPILE_CACHE: join(root, '.aichat/compiled'),
    NO_COLOR: '1',
    NO_PROXY: 'localhost,127.0.0.1,::1',
    CLOUDFLARE_CF_FETCH_ENABLED: 'false',
    WRANGLER_HIDE_BANNER: 'true',
    WRANGLER_REGISTRY_PATH: join(root, '.aichat/registry'),
    WRANGLER_SEND_METRICS: 'false',
    WRANGLER_WRITE_LOGS: 'false',
  }
}
