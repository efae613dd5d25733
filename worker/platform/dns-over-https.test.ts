import { afterEach, describe, expect, it, vi } from 'vitest'
import { resolveOverHttps } from './dns-over-https.ts'

afterEach(() => vi.unstubAllGlobals())

describe('the resolver', () => {
  it('gives the addresses of both kinds, without the aliases, and remembers them', async () => {
    const resolver = vi.fn<(url: string) => Promise<Response>>(async (url) =>
      url.endsWith('type=A')
        ? Response.json({
            Answer: [
              { type: 5, data: 'alias.example.' },
              { type: 1, data: '93.184.216.34' },
            ],
          })
        : Response.json({ Answer: [{ type: 28, data: '2606:4700::1' }] }),
    )
    vi.stubGlobal('fetch', resolver)
    expect(await resolveOverHttps('a.example')).toEqual(['93.184.216.34', '2606:4700::1'])
    await resolveOverHttps('a.example')
    expect(resolver).toHaveBeenCalledTimes(2)
  })

  it('gives none for a name that does not exist', async () => {
    vi.stubGlobal('fetch', async () => Response.json({ Status: 3 }))
    expect(await resolveOverHttps('b.example')).toEqual([])
  })

  it('fails when the resolver does, and remembers nothing', async () => {
    vi.stubGlobal('fetch', async () => new Response('no', { status: 503 }))
    await expect(resolveOverHttps('c.example')).rejects.toThrow('503')
    vi.stubGlobal('fetch', async () => Response.json({ Answer: [{ type: 1, data: '1.1.1.1' }] }))
    expect(await resolveOverHttps('c.example')).toEqual(['1.1.1.1'])
  })
})
