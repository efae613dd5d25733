import { execFileSync, spawn } from 'node:child_process'
import { readFileSync, readdirSync, readlinkSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

/** @typedef {{ pid: number, group: number, command: string, startedAt: string }} Running */

/**
 * Starts a command as the leader of a process group of its own, so that one signal reaches
 * everything it starts in turn, and nothing else.
 * @param {string} command
 * @param {string[]} args
 * @param {import('node:child_process').SpawnOptions} options
 */
export function startGroup(command, args, options) {
  return spawn(command, args, { ...options, detached: true })
}

/**
 * Every process that is running now. A process that has ended but was not yet collected by its
 * parent counts as gone: in a container nobody may ever collect it.
 * @returns {Running[]}
 */
export function runningProcesses() {
  return process.platform === 'linux' ? fromProc() : fromPs()
}

/** @param {number} group */
export function membersOf(group) {
  return runningProcesses().filter((running) => running.group === group)
}

/**
 * Ends a group: asks first, insists after the grace. Resolves when no member is left.
 * @param {number} group
 * @param {number} graceMs
 */
export async function endGroup(group, graceMs) {
  if (graceMs > 0 && signalGroup(group, 'SIGINT')) await emptied(group, graceMs)
  while (membersOf(group).length > 0) {
    signalGroup(group, 'SIGKILL')
    await emptied(group, 500)
  }
}

/** @param {number} group @param {NodeJS.Signals} name */
export function signalGroup(group, name) {
  return signal(-group, name)
}

/**
 * Whether there was anybody to receive the signal.
 * @param {number} pid
 * @param {NodeJS.Signals | 0} name
 */
export function signal(pid, name) {
  try {
    return process.kill(pid, name)
  } catch {
    return false
  }
}

/** @param {number} group @param {number} withinMs */
async function emptied(group, withinMs) {
  const deadline = Date.now() + withinMs
  while (Date.now() < deadline && membersOf(group).length > 0) await sleep(50)
}

/**
 * Where a process was started, or null where the system does not tell.
 * @param {number} pid
 */
export function folderOf(pid) {
  try {
    return readlinkSync(`/proc/${pid}/cwd`)
  } catch {
    return null
  }
}

/** @returns {Running[]} */
function fromProc() {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
        // The name in brackets may itself hold blanks and brackets: count fields from its end.
        const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
        if (fields[0] === 'Z' || fields[0] === 'X') return []
        const command = readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
        return [
          { pid: Number(name), group: Number(fields[2]), command, startedAt: fields[19] ?? '' },
        ]
      } catch {
        return [] // It ended while we were looking.
      }
    })
}

/** @returns {Running[]} */
function fromPs() {
  const table = execFileSync('ps', ['-A', '-o', 'pid=,pgid=,stat=,lstart=,command='], {
    encoding: 'utf8',
  })
  return table.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(\S+\s+\S+\s+\S+\s+\S+\s+\S+)\s+(.*)$/.exec(line)
    if (!match || match[3]?.startsWith('Z')) return []
    const [, pid, group, , startedAt = '', command = ''] = match
    return [{ pid: Number(pid), group: Number(group), command, startedAt }]
  })
}
