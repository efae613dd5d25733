import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { devVars, renewDevVars } from './dev-vars.mjs'

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
