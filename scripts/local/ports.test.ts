import { createServer } from 'node:net'
import { describe, expect, it } from 'vitest'
import { isFree, portFrom } from './ports.mjs'

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
