import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { installIfNeeded } from './install.mjs'
import { claim, noteGroups, release } from './local/claim.mjs'
import { renewDevVars } from './local/dev-vars.mjs'
import { openLog } from './local/log-file.mjs'
import { pageStamp } from './local/page-stamp.mjs'
import { isFree, portFrom, untilTaken } from './local/ports.mjs'
import { openPrograms } from './local/programs.mjs'
import { stampOf } from './local/stamp.mjs'
import { superviseDemoModel, superviseServer } from './local/supervise.mjs'

// `npm start`: the whole product on one port of this machine, kept running until Ctrl-C.
// Plain JavaScript, so that it runs on any Node from 20 on before anything is installed.

const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '')
const claimFile = join(root, '.aichat/running.json')
const log = openLog(join(root, '.aichat/wrangler.log'))
let isStopping = false

const port = portFrom(process.env.PORT)
if (port === null) fail(`PORT must be a number from 1 to 65534, not "${process.env.PORT}".`)
await installIfNeeded(root)
await takePlace(port)

const programs = openPrograms({
  root,
  port,
  log,
  onChange: (groups) => noteGroups(claimFile, groups),
})
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stop)
process.on('exit', () => {
  programs.killAll()
  release(claimFile)
})

await prepare(port)
const watch = { programs, port, isStopping: () => isStopping, say: console.log }
void superviseDemoModel(watch)
// The first request makes the connection to the demo model, and asks it for its models.
await untilTaken(port + 1)
await superviseServer(watch).catch(failWithLog)
greet(port)

/** @param {number} port */
async function takePlace(port) {
  const holder = await claim(claimFile, root, port)
  if (holder) {
    fail(
      `AIChat already runs from this folder: http://localhost:${holder.port} (process ${holder.pid}).`,
    )
  }
  for (const wanted of [port, port + 1]) {
    if (await isFree(wanted)) continue
    release(claimFile)
    fail(
      `Port ${wanted} is taken by another program. AIChat needs ${port} and ${port + 1}; ` +
        'choose others with, for example, PORT=9000 npm start',
    )
  }
}

/**
 * Secrets, tables and page: each made when there is none or its sources changed.
 * @param {number} port
 */
async function prepare(port) {
  renewDevVars(join(root, '.dev.vars'), { demoPort: port + 1, damping: process.env.DAMPING })
  const stateFolder = join(root, '.wrangler/state')
  mkdirSync(stateFolder, { recursive: true })
  // As with the page, the stamp lies with what it speaks of: who deletes the tables deletes it too.
  const tables = stampOf(root, ['migrations'], join(stateFolder, 'migrations.stamp'))
  await Promise.all([
    make(tables, 'Preparing the database …', programs.migrate),
    make(pageStamp(root), 'Building the page …', programs.buildPage),
  ])
}

/**
 * @param {ReturnType<typeof stampOf>} stamp
 * @param {string} title
 * @param {() => Promise<boolean>} work
 */
async function make(stamp, title, work) {
  if (stamp.isCurrent()) return
  console.log(title)
  if (await work()) stamp.renew()
  else failWithLog()
}

/** @param {number} port */
function greet(port) {
  console.log(`
AIChat runs at http://localhost:${port}

  The first account you create there becomes the administrator.
  A demo model is connected, so it answers without any key.
  Ctrl-C stops everything; your data stays. Details: .aichat/wrangler.log
`)
}

async function stop() {
  if (isStopping) process.exit(0) // Asked twice: no more waiting. Whatever runs is killed on exit.
  isStopping = true
  await programs.endAll()
  process.exit(0)
}

function failWithLog() {
  if (isStopping) return
  fail(`That did not work. The last lines of .aichat/wrangler.log:\n\n${log.tail(60)}`)
}

/** @param {string} text @returns {never} */
function fail(text) {
  console.error(text)
  process.exit(1)
}
