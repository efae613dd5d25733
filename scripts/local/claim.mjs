import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { folderOf, membersOf, runningProcesses, signal } from './processes.mjs'

/**
 * @typedef {object} Claim who uses the state folder, and what it has started
 * @property {number} pid
 * @property {string} startedAt tells a process from a later one with the same number
 * @property {number} port
 * @property {number[]} groups
 */

/**
 * Takes the state folder for this process: two servers must never write the same databases.
 * Returns who has it already, or null when it is ours now. What a supervisor that was killed
 * left running is ended first, but only what is certainly its own.
 * @param {string} file
 * @param {string} root
 * @param {number} port
 * @returns {Promise<Claim | null>}
 */
export async function claim(file, root, port) {
  const earlier = readClaim(file)
  if (earlier && isAlive(earlier)) return earlier
  if (earlier) await endLeftovers(earlier, root)
  rmSync(file, { force: true })
  mkdirSync(dirname(file), { recursive: true })
  const self = runningProcesses().find((running) => running.pid === process.pid)
  const ours = { pid: process.pid, startedAt: self?.startedAt ?? '', port, groups: [] }
  try {
    writeFileSync(file, JSON.stringify(ours), { flag: 'wx' })
    return null
  } catch {
    return readClaim(file) // Somebody else was started in the same instant, and was faster.
  }
}

/** @param {string} file @param {number[]} groups */
export function noteGroups(file, groups) {
  const ours = readClaim(file)
  if (!ours) return
  writeFileSync(`${file}.new`, JSON.stringify({ ...ours, groups }))
  renameSync(`${file}.new`, file)
}

/** @param {string} file */
export function release(file) {
  if (readClaim(file)?.pid === process.pid) rmSync(file, { force: true })
}

/** @param {string} file @returns {Claim | null} */
function readClaim(file) {
  try {
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : null
  } catch {
    return null
  }
}

/** @param {Claim} earlier */
function isAlive(earlier) {
  return runningProcesses().some(
    ({ pid, startedAt }) => pid === earlier.pid && startedAt === earlier.startedAt,
  )
}

/**
 * Numbers of groups are used again by others: only members that run a program of this folder end.
 * @param {Claim} earlier
 * @param {string} root
 */
async function endLeftovers(earlier, root) {
  const leftovers = () => earlier.groups.flatMap(membersOf).filter((member) => isOurs(member, root))
  for (let attempt = 0; attempt < 50 && leftovers().length > 0; attempt++) {
    for (const { pid } of leftovers()) signal(pid, 'SIGKILL')
    await sleep(100)
  }
}

/** @param {import('./processes.mjs').Running} member @param {string} root */
function isOurs({ pid, command }, root) {
  const folder = folderOf(pid)
  const isInRoot = folder === null || folder === root || folder.startsWith(`${root}/`)
  return isInRoot && command.includes(`${root}/`)
}
