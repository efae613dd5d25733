import { describe, expect, it } from 'vitest'
import { endGroup, membersOf, startGroup } from './processes.mjs'

describe('a process group', () => {
  it('ends with all its members, deaf ones included', async () => {
    const deaf = `process.on('SIGINT', () => {}); setInterval(() => {}, 1000)`
    const parent = `require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(deaf)}]); ${deaf}`
    const group = startGroup(process.execPath, ['-e', parent], { stdio: 'ignore' }).pid!
    await expect.poll(() => membersOf(group).length).toBe(2)
    await endGroup(group, 100)
    expect(membersOf(group)).toEqual([])
  })
})
