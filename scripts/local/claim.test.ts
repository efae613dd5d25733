import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { claim, release } from './claim.mjs'
import { endGroup, membersOf, startGroup } from './processes.mjs'

const folder = mkdtempSync(join(tmpdir(), 'aichat-local-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('the claim on the state folder', () => {
  const file = join(folder, 'running.json')

  it('belongs to one process at a time', async () => {
    expect(await claim(file, folder, 8788)).toBeNull()
    expect(await claim(file, folder, 9000)).toMatchObject({ pid: process.pid, port: 8788 })
    release(file)
    expect(existsSync(file)).toBe(false)
  })

  it('passes on when its holder was killed, and what that left running in this folder ends', async () => {
    const script = join(folder, 'left.mjs')
    writeFileSync(script, 'setInterval(() => {}, 1000)')
    const ours = startGroup(process.execPath, [script], { cwd: folder, stdio: 'ignore' })
    const other = startGroup(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], {
      cwd: folder,
      stdio: 'ignore',
    })
    const groups = [ours.pid!, other.pid!]
    writeFileSync(file, JSON.stringify({ pid: 1, startedAt: 'long ago', port: 8788, groups }))
    expect(await claim(file, folder, 8788)).toBeNull()
    expect(groups.map((group) => membersOf(group).length)).toEqual([0, 1])
    await endGroup(other.pid!, 0)
    release(file)
  })
})
