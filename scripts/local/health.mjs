import { get } from 'node:http'

/** @typedef {'well' | 'refused' | 'silent' | 'strange'} Answer */
/** @typedef {{ answer: Answer, sinceWellMs: number, frontLost: boolean, productLost: boolean }} Signs */

/** Wrangler replaces the process that runs the Worker by itself, usually within a second. */
const selfRepairMs = 4_000
/** A process that nobody ended and that still does not listen has given up. */
const refusedMs = 3_000
/**
 * A busy server may be unable to answer for long, for example while it hashes a hundred passwords.
 * Starting it again would break what it is doing.
 */
const silentMs = 60_000
/** An answer that is not the product's comes from a wrangler whose Worker does not start. */
const strangeMs = 10_000

/**
 * Whether a server must be started again.
 * @param {Signs} signs
 */
export function isBroken({ answer, sinceWellMs, frontLost, productLost }) {
  // Wrangler starts a new front too, but nothing ever answers on its port.
  if (frontLost) return true
  if (productLost && answer !== 'well' && sinceWellMs >= selfRepairMs) return true
  switch (answer) {
    case 'well':
      return false
    case 'refused':
      return sinceWellMs >= refusedMs
    case 'silent':
      return sinceWellMs >= silentMs
    default:
      return sinceWellMs >= strangeMs
  }
}

/**
 * Asks once. `well` means that the product itself answered, in whatever state its parts are.
 * @param {number} port
 * @param {number} timeoutMs
 * @returns {Promise<Answer>}
 */
export function askHealth(port, timeoutMs) {
  return new Promise((resolve) => {
    const request = get(
      { host: '127.0.0.1', port, path: '/api/health', agent: false, timeout: timeoutMs },
      (response) => {
        response.resume()
        resolve(response.headers['x-request-id'] ? 'well' : 'strange')
      },
    )
    request.on('timeout', () => request.destroy(new Error('silent')))
    request.on('error', (/** @type {NodeJS.ErrnoException} */ error) =>
      resolve(error.code === 'ECONNREFUSED' ? 'refused' : 'silent'),
    )
  })
}

/**
 * The two processes that matter: the front holds the port, the product runs the Worker.
 * @param {import('./processes.mjs').Running[]} members
 * @param {number} port
 */
export function serverProcesses(members, port) {
  const runtimes = members.filter(({ command }) => /\/workerd\b.* serve /.test(command))
  const isFront = (/** @type {{ command: string }} */ { command }) =>
    command.includes(`--socket-addr=entry=localhost:${port} `)
  return {
    front: runtimes.filter(isFront).map(({ pid }) => pid),
    product: runtimes.filter((running) => !isFront(running)).map(({ pid }) => pid),
  }
}
