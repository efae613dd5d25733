import { appendFileSync, existsSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs'

/** Two files of this size hold more than anybody reads, and never fill a disk. */
const bytesMax = 2_000_000

/**
 * A log that keeps the newest lines and forgets the oldest.
 * @param {string} path
 */
export function openLog(path) {
  let size = existsSync(path) ? statSync(path).size : 0
  return {
    path,
    /** @param {string | Uint8Array} text */
    write(text) {
      if (size > bytesMax) {
        rmSync(`${path}.1`, { force: true })
        renameSync(path, `${path}.1`)
        size = 0
      }
      appendFileSync(path, text)
      size += text.length
    },
    /** The last lines, for whoever must understand what went wrong. @param {number} count */
    tail(count) {
      const text = existsSync(path) ? readFileSync(path, 'utf8') : ''
      return text.trimEnd().split('\n').slice(-count).join('\n')
    },
  }
}

/** @typedef {ReturnType<typeof openLog>} Log */
