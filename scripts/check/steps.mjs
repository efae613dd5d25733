import { toolEnvironment } from '../install.mjs'
import { signalGroup, startGroup } from '../local/processes.mjs'

/**
 * @typedef {object} Step one thing that is checked
 * @property {string} name
 * @property {string} command
 * @property {() => TestCounts} [counts] for a step that consists of tests: how they went
 */
/** @typedef {{ numPassedTests: number, numFailedTests: number, numPendingTests: number }} TestCounts */
/** @typedef {{ name: string, passed: number, failed: number, report: string }} Outcome */

/** Nothing here takes nearly as long; what hangs must not hang for ever. */
const timeoutMs = 9 * 60_000

/** @type {Set<number>} */
const running = new Set()

/**
 * Runs a step to its end. The report is one line when all went well, and holds all that was
 * printed when not.
 * @param {Step} step
 * @param {string} root
 * @returns {Promise<Outcome>}
 */
export async function runStep(step, root) {
  const startedAt = Date.now()
  const { succeeded, output } = await run(step.command, root)
  const seconds = ((Date.now() - startedAt) / 1_000).toFixed(1)
  const counts = countsOf(step)
  const { passed, failed } = tally(succeeded, counts)
  const skipped = counts?.numPendingTests ? `, ${counts.numPendingTests} skipped` : ''
  const tests = counts ? `  ${counts.numPassedTests} tests${skipped}` : ''
  const line = `${failed > 0 ? 'FAIL' : 'ok  '}  ${step.name.padEnd(28)}${seconds.padStart(6)} s${tests}`
  const report = failed > 0 ? `${line}\n\n${indented(output)}\n` : line
  return { name: step.name, passed, failed, report }
}

/**
 * What a step adds to the sum: its tests when it has some, else itself. Tests that never got to
 * run because something broke before them count as one failure.
 * @param {boolean} succeeded
 * @param {TestCounts | null} counts
 */
export function tally(succeeded, counts) {
  if (!counts) return { passed: succeeded ? 1 : 0, failed: succeeded ? 0 : 1 }
  const failed = counts.numFailedTests
  return { passed: counts.numPassedTests, failed: failed === 0 && !succeeded ? 1 : failed }
}

export function stopSteps() {
  for (const group of running) signalGroup(group, 'SIGKILL')
}

/** @param {string} command @param {string} root */
function run(command, root) {
  const child = startGroup('sh', ['-c', command], {
    cwd: root,
    env: { ...toolEnvironment(root), CI: '1', NO_COLOR: '1', WRANGLER_WRITE_LOGS: 'false' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const group = child.pid ?? 0
  running.add(group)
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (text) => (output += text))
  const timer = setTimeout(() => {
    output += `\nStopped: it took longer than ${timeoutMs / 60_000} minutes.`
    signalGroup(group, 'SIGKILL')
  }, timeoutMs)
  return new Promise(
    (/** @type {(end: { succeeded: boolean, output: string }) => void} */ resolve) => {
      child.once('close', (code) => {
        clearTimeout(timer)
        running.delete(group)
        signalGroup(group, 'SIGKILL')
        resolve({ succeeded: code === 0, output })
      })
    },
  )
}

/** @param {Step} step */
function countsOf(step) {
  try {
    return step.counts?.() ?? null
  } catch {
    return null // It broke before it could write a report.
  }
}

/** @param {string} text */
function indented(text) {
  return text.trim().replace(/^/gm, '      ')
}
