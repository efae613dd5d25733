import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installIfNeeded } from './install.mjs'
import { runStep, stopSteps } from './check/steps.mjs'

// `npm test`: everything that must hold, here and in CI. `npm run check`: the same without a browser.

/** @typedef {import('./check/steps.mjs').Step} Step */
/** @typedef {import('./check/steps.mjs').Outcome} Outcome */

/** More than two at once only take turns on the machines this runs on. */
const atOnce = 2

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')
const reports = mkdtempSync(join(tmpdir(), 'aichat-tests-'))
process.on('exit', () => {
  stopSteps()
  rmSync(reports, { recursive: true, force: true })
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => process.exit(1))

await installIfNeeded(root)

/** The long ones first, so that the short ones fill the gaps. @type {Step[]} */
const independent = [
  tests('tests in workerd', 'worker'),
  tests('tests in node', 'node'),
  { name: 'build', command: 'node scripts/build.mjs' },
  { name: 'types of the worker', command: 'tsc -p worker' },
  { name: 'types of the page', command: 'tsc -p web' },
  { name: 'types of the contract', command: 'tsc -p worker/contract' },
  { name: 'types of the tools', command: 'tsc -p .' },
  { name: 'types of the bench’s workers', command: 'tsc -p bench/tsconfig.workers.json' },
  { name: 'types of the worker’s tests', command: 'tsc -p worker/tsconfig.tests.json' },
  { name: 'types of the page’s tests', command: 'tsc -p web/tsconfig.tests.json' },
  { name: 'types of the bindings', command: 'npm run --silent types -- --check' },
  { name: 'unused code', command: 'knip' },
  { name: 'schema and migrations', command: 'node scripts/check/schema-drift.ts' },
  { name: 'safe migrations', command: 'node scripts/check/migration-guard.ts' },
  { name: 'lint', command: 'oxlint' },
  { name: 'format', command: 'oxfmt --check .' },
]

const outcomes = await runAll(independent)
if (!process.argv.includes('--no-browser')) {
  outcomes.push(...(await runAll([tests('tests in the browser', 'e2e')])))
}
const passed = outcomes.reduce((sum, outcome) => sum + outcome.passed, 0)
const failed = outcomes.reduce((sum, outcome) => sum + outcome.failed, 0)
const failures = outcomes.filter((outcome) => outcome.failed > 0)
if (failures.length > 0) console.log(`\nFailed: ${failures.map(({ name }) => name).join(', ')}`)
console.log(`\n${passed} passed, ${failed} failed`)
process.exit(failed > 0 ? 1 : 0)

/** @param {Step[]} steps @returns {Promise<Outcome[]>} */
async function runAll(steps) {
  /** @type {Outcome[]} */
  const done = []
  const waiting = [...steps]
  const takeTurns = async () => {
    for (let step = waiting.shift(); step; step = waiting.shift()) {
      const outcome = await runStep(step, root)
      console.log(outcome.report)
      done.push(outcome)
    }
  }
  await Promise.all(Array.from({ length: atOnce }, takeTurns))
  return done
}

/** @param {string} name @param {string} project @returns {Step} */
function tests(name, project) {
  // Those in workerd wait as much as they work.
  const workers = project === 'worker' ? 5 : 2
  const file = join(reports, `${project}.json`)
  return {
    name,
    command: `vitest run --project ${project} --maxWorkers ${workers} --reporter default --reporter json --outputFile.json ${file}`,
    counts: () => JSON.parse(readFileSync(file, 'utf8')),
  }
}
