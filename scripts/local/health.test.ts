import { describe, expect, it } from 'vitest'
import { isBroken, serverProcesses } from './health.mjs'

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
