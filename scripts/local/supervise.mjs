import { setTimeout as sleep } from 'node:timers/promises'
import { askHealth, isBroken, serverProcesses } from './health.mjs'
import { membersOf, signal } from './processes.mjs'
import { ending } from './programs.mjs'

/** @typedef {import('./programs.mjs').Program} Program */

const probeEveryMs = 1_000
const probeTimeoutMs = 2_000
/** Asking whether a process exists costs nothing, and is how most ends are noticed. */
const looksPerProbe = 5
/** The first start compiles everything on a cold disk. */
const startMs = 90_000
/** Programs that end at once, again and again, are started ever less often. */
const pauseMsMax = 5_000

/**
 * @typedef {object} Watch
 * @property {import('./programs.mjs').Programs} programs
 * @property {number} port
 * @property {() => boolean} isStopping
 * @property {(text: string) => void} say
 */

/**
 * The tools choose ports of their own besides ours, and another program may be faster: then the
 * same start works a moment later.
 */
const firstStartsMax = 3

/**
 * Starts the server and waits for its first answer; from then on keeps it answering until told to
 * stop. Refuses (rejects) when the first starts do not come to anything.
 * @param {Watch} watch
 */
export async function superviseServer(watch) {
  for (let starts = 1; ; starts++) {
    const first = watch.programs.startServer()
    if (await untilWell(watch, first)) return void keepServing(watch, first)
    const hasEnded = first.ended.aborted
    await watch.programs.discard(first)
    if (!hasEnded || watch.isStopping() || starts === firstStartsMax) {
      throw new Error('The server did not start.')
    }
    await sleep(pause(starts))
  }
}

/** @param {Watch} watch @param {Program} server */
async function keepServing(watch, server) {
  for (let failures = 0; !watch.isStopping();) {
    const reason = await untilBroken(watch, server)
    await watch.programs.discard(server)
    if (watch.isStopping()) return
    const brokenAt = Date.now()
    watch.say(`${reason} Starting it again …`)
    await sleep(pause(failures))
    server = watch.programs.startServer()
    if (await untilWell(watch, server)) {
      failures = 0
      watch.say(`AIChat answers again, after ${((Date.now() - brokenAt) / 1_000).toFixed(1)} s.`)
    } else {
      failures++
    }
  }
}

/**
 * Keeps the demo model running. It holds no state: a new one at once is as good as the old one.
 * @param {Watch} watch
 */
export async function superviseDemoModel({ programs, isStopping }) {
  for (let failures = 0; !isStopping();) {
    const startedAt = Date.now()
    const model = programs.startDemoModel()
    await ending(model)
    await programs.discard(model)
    failures = Date.now() - startedAt > pauseMsMax ? 0 : failures + 1
    if (!isStopping()) await sleep(pause(failures))
  }
}

/** @param {Watch} watch @param {Program} server */
async function untilWell({ port, isStopping }, server) {
  const deadline = Date.now() + startMs
  while (Date.now() < deadline && !isStopping() && !server.ended.aborted) {
    if ((await askHealth(port, probeTimeoutMs)) === 'well') return true
    await sleep(100)
  }
  return false
}

/**
 * Resolves with what happened, in words, when the server must be replaced.
 * @param {Watch} watch
 * @param {Program} server
 */
async function untilBroken({ port, isStopping }, server) {
  const lost = (/** @type {number[]} */ pids) => pids.some((pid) => !signal(pid, 0))
  let wellAt = Date.now()
  let watched = serverProcesses(membersOf(server.group), port)
  while (!isStopping()) {
    for (let look = 0; look < looksPerProbe && !server.ended.aborted; look++) {
      // The end of the server also ends the sleep, by an error that says nothing new.
      await sleep(probeEveryMs / looksPerProbe, null, { signal: server.ended }).catch(() => {})
      if (lost(watched.front)) break
    }
    if (server.ended.aborted) return 'The server has ended.'
    const productLost = lost(watched.product)
    const frontLost = lost(watched.front)
    const answer = frontLost ? 'silent' : await askHealth(port, probeTimeoutMs)
    if (isBroken({ answer, sinceWellMs: Date.now() - wellAt, frontLost, productLost })) {
      return 'The server no longer answers.'
    }
    if (answer !== 'well') continue
    wellAt = Date.now()
    if (productLost) watched = serverProcesses(membersOf(server.group), port)
  }
  return 'Stopping.'
}

/** @param {number} failures */
function pause(failures) {
  return Math.min(failures * 1_000, pauseMsMax)
}
