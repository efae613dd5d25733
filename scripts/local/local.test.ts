import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { matchesLockfile } from '../install.mjs'
import { claim, release } from './claim.mjs'
import { devVars, renewDevVars } from './dev-vars.mjs'
import { isBroken, serverProcesses } from './health.mjs'
import { openLog } from './log-file.mjs'
import { isFree, portFrom } from './ports.mjs'
import { endGroup, membersOf, startGroup } from './processes.mjs'
import { stampOf } from './stamp.mjs'

const folder = mkdtempSync(join(tmpdir(), 'aichat-local-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

describe('.dev.vars', () => {
  const secret = () => 'new-secret'
  const first = devVars('', { demoPort: 8789, damping: undefined }, secret)

  it('gets its secrets once and the address of the demo model', () => {
    expect(first.trimEnd().split('\n')).toEqual([
      'JWT_SECRET=new-secret',
      'CREDENTIALS_KEY=new-secret',
      'ENVIRONMENT=development',
      'DEMO_UPSTREAM=http://127.0.0.1:8789',
    ])
  })

  it('keeps secrets and added lines when the port changes', () => {
    const edited = `SETUP_TOKEN=abc=\n${first}# a remark\n`
    const moved = devVars(edited, { demoPort: 9001, damping: undefined }, () => 'other')
    expect(moved).toContain('JWT_SECRET=new-secret\n')
    expect(moved).toContain('SETUP_TOKEN=abc=\n')
    expect(moved).toContain('# a remark\n')
    expect(moved.match(/DEMO_UPSTREAM=.*/g)).toEqual(['DEMO_UPSTREAM=http://127.0.0.1:9001'])
  })

  it('carries DAMPING only while it is asked for', () => {
    const off = devVars(first, { demoPort: 8789, damping: 'off' }, secret)
    expect(off).toContain('DAMPING=off')
    expect(devVars(off, { demoPort: 8789, damping: undefined }, secret)).toBe(first)
  })

  it('is for its owner only, and its keys are 32 bytes', () => {
    const path = join(folder, '.dev.vars')
    renewDevVars(path, { demoPort: 1, damping: undefined })
    expect(statSync(path).mode & 0o777).toBe(0o600)
    const key = /CREDENTIALS_KEY=(.*)/.exec(readFileSync(path, 'utf8'))?.[1] ?? ''
    expect(Buffer.from(key, 'base64')).toHaveLength(32)
  })
})

describe('when the server counts as broken', () => {
  const signs = { answer: 'well', sinceWellMs: 0, frontLost: false, productLost: false } as const

  it('does not while it answers, even after wrangler replaced the product', () => {
    expect(isBroken(signs)).toBe(false)
    expect(isBroken({ ...signs, productLost: true })).toBe(false)
  })

  it('does at once when the process holding the port is gone', () => {
    expect(isBroken({ ...signs, answer: 'silent', frontLost: true })).toBe(true)
  })

  it('does when the product does not come back by itself', () => {
    const lost = { ...signs, answer: 'silent', productLost: true } as const
    expect(isBroken({ ...lost, sinceWellMs: 2_000 })).toBe(false)
    expect(isBroken({ ...lost, sinceWellMs: 5_000 })).toBe(true)
  })

  it('does not while it is merely busy', () => {
    expect(isBroken({ ...signs, answer: 'silent', sinceWellMs: 30_000 })).toBe(false)
    expect(isBroken({ ...signs, answer: 'silent', sinceWellMs: 90_000 })).toBe(true)
  })

  it('does soon when nothing listens any more', () => {
    expect(isBroken({ ...signs, answer: 'refused', sinceWellMs: 5_000 })).toBe(true)
  })

  it('is told by the two runtimes, of which the front holds our port', () => {
    const running = (pid: number, command: string) => ({ pid, group: 1, command, startedAt: '' })
    const members = [
      running(1, 'node wrangler pages dev --port 8788'),
      running(2, '/x/workerd serve --binary --socket-addr=entry=localhost:8788 --control-fd=3 -'),
      running(3, '/x/workerd serve --binary --socket-addr=entry=127.0.0.1:0 --control-fd=3 -'),
      running(4, '/x/esbuild --service=0.28.2 --ping'),
    ]
    expect(serverProcesses(members, 8788)).toEqual({ front: [2], product: [3] })
  })
})

describe('ports', () => {
  it('are 8788 and up, or what PORT says', () => {
    expect([undefined, '', '9000', '0', '65535', 'x', '1.5'].map(portFrom)).toEqual([
      8788,
      8788,
      9000,
      null,
      null,
      null,
      null,
    ])
  })

  it('are taken while somebody listens', async () => {
    const server = createServer()
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as { port: number }
    expect(await isFree(port)).toBe(false)
    await new Promise((resolve) => server.close(resolve))
    expect(await isFree(port)).toBe(true)
  })
})

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

describe('a stamp', () => {
  it('is current until a source changes, whatever the clock says', () => {
    mkdirSync(join(folder, 'src/dist'), { recursive: true })
    writeFileSync(join(folder, 'src/a.ts'), '1')
    const stamp = stampOf(folder, ['src', 'absent'], join(folder, 'stamp'))
    expect(stamp.isCurrent()).toBe(false)
    stamp.renew()
    writeFileSync(join(folder, 'src/a.ts'), '1')
    writeFileSync(join(folder, 'src/dist/built.js'), 'x')
    writeFileSync(join(folder, 'src/a.test.ts'), 'x')
    expect(stamp.isCurrent()).toBe(true)
    writeFileSync(join(folder, 'src/b.ts'), '')
    expect(stamp.isCurrent()).toBe(false)
  })
})

describe('the log', () => {
  it('keeps the newest lines within two bounded files', () => {
    const log = openLog(join(folder, 'x.log'))
    for (let line = 0; line < 80; line++) log.write(`${line} ${'x'.repeat(99_990)}\n`)
    log.write('the last line\n')
    expect(log.tail(1)).toBe('the last line')
    const bytes = statSync(log.path).size + statSync(`${log.path}.1`).size
    expect(bytes).toBeLessThan(4_300_000)
  })
})

describe('installed packages', () => {
  const locked = { packages: { '': {}, a: { version: '1' }, b: { version: '2', optional: true } } }

  it('fit when all that is not optional is there in the locked version', () => {
    expect(matchesLockfile({ packages: { a: { version: '1' } } }, locked)).toBe(true)
    expect(
      matchesLockfile({ packages: { a: { version: '1' }, b: { version: '2' } } }, locked),
    ).toBe(true)
  })

  it('do not fit when one is missing, another version, or no longer wanted', () => {
    expect(matchesLockfile({ packages: {} }, locked)).toBe(false)
    expect(matchesLockfile({ packages: { a: { version: '2' } } }, locked)).toBe(false)
    expect(matchesLockfile({ packages: { a: { version: '1' }, c: {} } }, locked)).toBe(false)
  })
})
