import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { png } from '../attachments/tiny-images.ts'
import { fetchImages } from './fetch-images.ts'

const megabyte = 1024 * 1024

afterEach(() => vi.unstubAllGlobals())

describe('Images at addresses', () => {
  it('are fetched for as long as all together are not too large', async () => {
    const small = answering(() => new Response(padded(2 * megabyte)))
    expect((await fetchImages(env, addresses(5))).size).toBe(5)
    expect(small).toHaveBeenCalledTimes(5)
    await expect(fetchImages(env, addresses(9))).rejects.toMatchObject({
      members: { errors: [{ message: expect.stringContaining('all images together') }] },
    })
  })

  it('that cannot be had are refused in no words of the runtime', async () => {
    answering(() => {
      throw new Error('internal error; reference = abc')
    })
    await expect(fetchImages(env, addresses(1))).rejects.toMatchObject({
      members: {
        errors: [{ message: 'Failed to fetch the image at https://1.1.1.1/0: no reply' }],
      },
    })
  })
})

const addresses = (count: number) => Array.from({ length: count }, (_, n) => `https://1.1.1.1/${n}`)

function answering(reply: () => Response) {
  const fetch = vi.fn<() => Promise<Response>>(async () => reply())
  vi.stubGlobal('fetch', fetch)
  return fetch
}

/** A small image with so much behind it. */
function padded(bytes: number): Uint8Array<ArrayBuffer> {
  const image = new Uint8Array(bytes)
  image.set(png())
  return image
}
