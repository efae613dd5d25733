import { randomBytes } from 'node:crypto'
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

/** @typedef {{ demoPort: number, damping: string | undefined }} LocalValues */

/**
 * Brings .dev.vars, the Worker's secrets and variables on this machine, up to date. It is
 * readable by its owner only and is replaced whole, so that it is never half written.
 * @param {string} path
 * @param {LocalValues} values
 */
export function renewDevVars(path, values) {
  const before = existsSync(path) ? readFileSync(path, 'utf8') : ''
  const after = devVars(before, values, () => randomBytes(32).toString('base64'))
  if (after !== before) {
    writeFileSync(`${path}.new`, after, { mode: 0o600 })
    renameSync(`${path}.new`, path)
  }
  chmodSync(path, 0o600)
}

/**
 * The text of .dev.vars. Secrets are made once and never change, or every session and every
 * stored credential would be lost; what depends on the way of starting follows each start; lines
 * somebody added stay.
 * @param {string} before
 * @param {LocalValues} values
 * @param {() => string} newSecret
 */
export function devVars(before, { demoPort, damping }, newSecret) {
  const lines = before.split('\n').filter((line) => line.trim() !== '')
  const has = (/** @type {string} */ name) => lines.some((line) => nameOf(line) === name)
  const kept = lines.filter(
    (line) => nameOf(line) !== 'DEMO_UPSTREAM' && nameOf(line) !== 'DAMPING',
  )
  const added = [
    ...(has('JWT_SECRET') ? [] : [`JWT_SECRET=${newSecret()}`]),
    ...(has('CREDENTIALS_KEY') ? [] : [`CREDENTIALS_KEY=${newSecret()}`]),
    ...(has('ENVIRONMENT') ? [] : ['ENVIRONMENT=development']),
    `DEMO_UPSTREAM=http://127.0.0.1:${demoPort}`,
    ...(damping ? [`DAMPING=${damping}`] : []),
  ]
  return [...kept, ...added, ''].join('\n')
}

/** @param {string} line */
function nameOf(line) {
  return line.split('=', 1)[0]?.trim()
}
