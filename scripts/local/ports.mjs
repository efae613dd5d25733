import { connect, createServer } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'

const hosts = ['127.0.0.1', '::1']

/**
 * The port AIChat answers on; the demo model takes the next one. Null when PORT is no usable number.
 * @param {string | undefined} value
 */
export function portFrom(value) {
  const port = Number(value || 8788)
  return Number.isInteger(port) && port >= 1 && port < 65_535 ? port : null
}

/**
 * Whether nobody listens on a port of this machine, by either version of the protocol.
 * @param {number} port
 */
export async function isFree(port) {
  const answers = await Promise.all(hosts.map((host) => canListen(port, host)))
  return answers.every(Boolean)
}

/**
 * Resolves when somebody answers on a port, or after a while without. It knocks instead of trying
 * to listen, so as not to be in the way of the one it waits for.
 * @param {number} port
 */
export async function untilTaken(port) {
  const deadline = Date.now() + 5_000
  while (Date.now() < deadline && !(await answers(port))) await sleep(50)
}

/** @param {number} port @returns {Promise<boolean>} */
function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => resolve(true))
    socket.once('error', () => resolve(false))
    socket.once('connect', () => socket.destroy())
  })
}

/** @param {number} port @param {string} host @returns {Promise<boolean>} */
function canListen(port, host) {
  return new Promise((resolve) => {
    const server = createServer()
    // A machine without IPv6 has no such address; that is not somebody else's server.
    server.once('error', (/** @type {NodeJS.ErrnoException} */ error) =>
      resolve(error.code !== 'EADDRINUSE' && error.code !== 'EACCES'),
    )
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)))
  })
}
