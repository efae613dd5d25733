import { readdirSync, readFileSync } from 'node:fs'
import { cpus } from 'node:os'

/** The kernel counts a process's time in hundredths of a second. */
const tickMs = 10

/** Time the processes have spent computing since they started. Linux only, like all of this. */
export function cpuMs(pids: readonly number[]): number {
  let ticks = 0
  for (const pid of pids) {
    // The name in brackets may hold blanks, so fields are counted from behind it.
    const fields = statOf(pid)
      .slice(statOf(pid).lastIndexOf(')') + 2)
      .split(' ')
    ticks += Number(fields[11] ?? 0) + Number(fields[12] ?? 0)
  }
  return ticks * tickMs
}

/**
 * Starts watching what else the machine does: the share of its processors that went to anything but
 * this process and its descendants, until asked. Much of it makes times worthless.
 */
export function watchOthers(): () => number {
  const busyBefore = busyMs()
  const ownBefore = new Map(descendants(process.pid).map((pid) => [pid, cpuMs([pid])]))
  const own = new Map(ownBefore)
  const look = () => {
    for (const pid of descendants(process.pid)) own.set(pid, cpuMs([pid]))
  }
  // What has ended counts as it was last seen.
  const timer = setInterval(look, 1_000)
  const startedAt = performance.now()
  return () => {
    clearInterval(timer)
    look()
    const others = busyMs() - busyBefore - sum([...own.values()]) + sum([...ownBefore.values()])
    return Math.max(0, others / ((performance.now() - startedAt) * cpus().length))
  }
}

function descendants(pid: number): number[] {
  try {
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim()
    const pids = children === '' ? [] : children.split(' ').map(Number)
    return [pid, ...pids.flatMap(descendants)]
  } catch {
    return []
  }
}

function busyMs(): number {
  const [user, nice, system, , , irq, softIrq] = (
    /^cpu +(.*)$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1] ?? ''
  )
    .split(' ')
    .map(Number)
  return sum([user, nice, system, irq, softIrq]) * tickMs
}

function sum(values: readonly (number | undefined)[]): number {
  return values.reduce<number>((total, value) => total + (value ?? 0), 0)
}

/** Memory the processes hold, in bytes. */
export function residentBytes(pids: readonly number[]): number {
  let bytes = 0
  for (const pid of pids) {
    const match = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))
    bytes += Number(match?.[1] ?? 0) * 1024
  }
  return bytes
}

/** The workerds this process has started. */
export function workerdPids(): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      const stat = statOf(pid)
      const parent = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]
      return stat.includes('(workerd)') && Number(parent) === process.pid
    })
}

function statOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8')
  } catch {
    return ''
  }
}
