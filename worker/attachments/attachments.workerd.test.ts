import { env } from 'cloudflare:workers'
import { beforeAll, describe, expect, it } from 'vitest'
import type { Me, User } from '../contract/accounts.ts'
import type { Attachment, ImageLinks } from '../contract/attachments.ts'
import { openInstallation, TestClient } from '../test-client.ts'
import { blobKey, deleteDoomed } from './blobs.ts'
import { gif, png, webp } from './tiny-images.ts'

let admin: TestClient
let user: TestClient
beforeAll(async () => {
  admin = await openInstallation()
  user = new TestClient()
  await user.join()
})

const image = () => png(20, 10, crypto.randomUUID())
const keyOf = async (bytes: Uint8Array<ArrayBuffer>) => {
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
  return blobKey(Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join(''))
}
const uploaded = async (client: TestClient, bytes: Uint8Array<ArrayBuffer>, name?: string) =>
  (await client.upload(bytes, name)).json<Attachment>()

describe('an uploaded image', () => {
  it('is known by its bytes and keeps its name', async () => {
    const response = await user.upload(image(), '../a cat 猫.html')
    expect(response.status).toBe(201)
    const attachment = await response.json<Attachment>()
    expect(attachment).toMatchObject({
      mediaType: 'image/png',
      width: 20,
      height: 10,
      name: 'a cat 猫.html',
      url: `/api/attachments/${attachment.id}`,
    })
  })

  it('is read by its owner, inert and to be kept for ever', async () => {
    const bytes = image()
    const { url, bytes: length } = await uploaded(user, bytes, 'a cat 猫.html')
    const response = await user.request('GET', url)
    expect(response.status).toBe(200)
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(bytes)
    expect(length).toBe(bytes.length)
    const { headers } = response
    expect(headers.get('content-type')).toBe('image/png')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
    expect(headers.get('cache-control')).toBe('private, max-age=31536000, immutable')
    expect(headers.get('content-disposition')).toBe(
      `inline; filename="a cat _.html"; filename*=UTF-8''a%20cat%20%E7%8C%AB.html`,
    )
  })

  it('need not be read again', async () => {
    const { url } = await uploaded(user, image())
    const first = await user.request('GET', url)
    const etag = first.headers.get('etag')!
    await first.body?.cancel()
    const again = await user.request('GET', url, { headers: { 'if-none-match': etag } })
    expect([again.status, await again.text()]).toEqual([304, ''])
  })

  it('does not exist for others, whoever they are', async () => {
    const { url } = await uploaded(user, image())
    const unknown = '/api/attachments/att_000000000000000000000000'
    for (const path of [url, unknown]) {
      expect(await admin.json('GET', path)).toMatchObject({ code: 'not_found' })
      expect(await admin.json('DELETE', path)).toMatchObject({ code: 'not_found' })
      expect(await new TestClient().json('GET', path)).toMatchObject({ code: 'not_signed_in' })
    }
  })

  it('is stored once, each upload with an owner of its own', async () => {
    const bytes = image()
    const [mine, theirs] = [await uploaded(user, bytes), await uploaded(admin, bytes)]
    expect(mine.id).not.toBe(theirs.id)
    const stored = await env.FILES.list({ prefix: await keyOf(bytes) })
    expect(stored.objects).toHaveLength(1)
    expect((await user.request('DELETE', mine.url)).status).toBe(204)
    expect((await admin.request('GET', theirs.url)).status).toBe(200)
    expect((await user.request('GET', mine.url)).status).toBe(404)
    expect((await admin.request('DELETE', theirs.url)).status).toBe(204)
    expect(await env.FILES.head(await keyOf(bytes))).toBeNull()
  })

  it('whose blob is gone is not found', async () => {
    const bytes = image()
    const { url } = await uploaded(user, bytes)
    await env.FILES.delete(await keyOf(bytes))
    expect(await user.json('GET', url)).toMatchObject({ code: 'not_found' })
  })

  it('waits until the deletion of the same one is over', async () => {
    const bytes = image()
    const key = await keyOf(bytes)
    const sha256 = key.slice(blobKey('').length)
    await env.DB.prepare(`insert into doomed_blobs values (?1, ?2)`).bind(sha256, Date.now()).run()
    const uploading = uploaded(user, bytes)
    // Somebody else does not delete what is being deleted.
    expect(await deleteDoomed(env, Date.now(), 500)).toBe(0)
    await env.FILES.delete(key)
    await env.DB.prepare(`delete from doomed_blobs where sha256 = ?1`).bind(sha256).run()
    expect((await user.request('GET', (await uploading).url)).status).toBe(200)
  })

  it('outlives the deletion of the same one before, also one that was broken off', async () => {
    const bytes = image()
    const key = await keyOf(bytes)
    const sha256 = key.slice(blobKey('').length)
    await env.FILES.put(key, bytes)
    await env.DB.prepare(`insert into doomed_blobs values (?1, ?2)`)
      .bind(sha256, Date.now() - 3_600_000)
      .run()
    const { url } = await uploaded(user, bytes)
    expect(await deleteDoomed(env, Date.now(), 500)).toBe(0)
    expect((await user.request('GET', url)).status).toBe(200)
  })
})

describe('an upload', () => {
  const refused = async (response: Response) => {
    const { code, ...rest } = await response.json<{ code: string }>()
    return { ...rest, status: response.status, code }
  }

  it('that is no image is refused', async () => {
    const svg = new TextEncoder().encode('<svg onload="alert(1)"/>') as Uint8Array<ArrayBuffer>
    expect(await refused(await user.upload(svg))).toMatchObject({
      status: 415,
      code: 'attachment_type',
    })
    expect(await refused(await user.upload(png(9_000, 1)))).toMatchObject({
      status: 422,
      code: 'attachment_dimensions',
      edgeMax: 8_192,
    })
  })

  it('that is longer than 15 MB is refused, also without saying so before', async () => {
    const tooLong = png(1, 1, 'x'.repeat(15 * 1024 * 1024))
    const code = { status: 413, code: 'attachment_too_large', bytesMax: 15 * 1024 * 1024 }
    expect(await refused(await user.upload(tooLong))).toMatchObject(code)
    let sent = 0
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        const chunk = new Uint8Array(1024 * 1024)
        sent += chunk.length
        if (sent > 60 * 1024 * 1024) controller.close()
        else controller.enqueue(chunk)
      },
    })
    const response = await user.request('POST', '/api/attachments', {
      body: endless,
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
    })
    expect(await refused(response)).toMatchObject(code)
    expect(sent).toBeLessThan(30 * 1024 * 1024)
  })

  it('without a form or a file in it says which', async () => {
    const json = await user.request('POST', '/api/attachments', { body: { file: 'x' } })
    expect(await refused(json)).toMatchObject({ status: 415, code: 'unsupported_media_type' })
    const other = new FormData()
    other.set('picture', new File([image()], 'a.png'))
    const response = await user.request('POST', '/api/attachments', { body: other })
    expect(await refused(response)).toMatchObject({
      code: 'invalid_request',
      errors: [{ path: 'file' }],
    })
  })

  it('with the same key makes one image, with another file none', async () => {
    const bytes = image()
    const upload = async (content: Uint8Array<ArrayBuffer>) => {
      const body = new FormData()
      body.set('file', new File([content], 'a.png'))
      const response = await user.request('POST', '/api/attachments', {
        body,
        headers: { 'idempotency-key': 'the same' },
      })
      return response.json<Attachment & { code?: string }>()
    }
    const first = await upload(bytes)
    expect(first.id).toMatch(/^att_/)
    expect((await upload(bytes)).id).toBe(first.id)
    expect((await upload(image())).code).toBe('id_conflict')
  })
})

describe('image addresses', () => {
  it('follow the base in force at once, signed where the host is another', async () => {
    const { id } = await uploaded(user, image())
    const set = (values: Record<string, string>) => admin.json('PATCH', '/api/settings', { values })
    const linksOf = () => admin.json<ImageLinks>('POST', '/api/attachments/refresh')
    expect(await linksOf()).toMatchObject({ baseUrl: '' })
    await set({ 'site.baseUrl': 'https://aichat.test' })
    expect((await linksOf()).samples[0]).toBe(`https://aichat.test/api/attachments/${id}`)
    await set({ 'images.baseUrl': 'https://images.example.org' })
    const links = await linksOf()
    expect(links.samples.length).toBeLessThanOrEqual(5)
    const address = new URL(links.samples[0]!)
    expect(address.origin).toBe('https://images.example.org')
    expect(links.count).toBeGreaterThan(5)

    const visitor = new TestClient()
    const path = address.pathname
    const status = async (query: string) => (await visitor.request('GET', path + query)).status
    expect(await status(address.search)).toBe(200)
    expect(await status(address.search.replace(/exp=\d/, 'exp=9'))).toBe(401)
    expect(await status(address.search.replace(/.$/, (end) => (end === '0' ? '1' : '0')))).toBe(401)
    expect(await status('?exp=1&sig=0')).toBe(401)
    const { url } = await uploaded(user, image())
    const other = await visitor.request('GET', new URL(url).pathname + address.search)
    expect(other.status).toBe(401)
    await set({ 'images.baseUrl': '', 'site.baseUrl': '' })
  })

  it('are refreshed by administrators alone', async () => {
    expect(await user.json('POST', '/api/attachments/refresh')).toMatchObject({ code: 'forbidden' })
  })
})

describe('the picture of an account', () => {
  const avatarOf = (me: Me) => (me.actor?.type === 'user' ? me.actor.avatarUrl : null)
  const put = (bytes: Uint8Array<ArrayBuffer>) => {
    const body = new FormData()
    body.set('file', new File([bytes], 'me.png'))
    return user.request('PUT', '/api/me/avatar', { body })
  }

  it('stands for it wherever it is named, until it is taken away', async () => {
    const me = await (await put(webp('VP8L', 512, 512))).json<Me>()
    const url = avatarOf(me)!
    expect(avatarOf(await user.json<Me>('GET', '/api/me'))).toBe(url)
    const { items } = await admin.json<{ items: User[] }>('GET', '/api/users')
    expect(items.find(({ username }) => username === user.username)?.avatarUrl).toBe(url)

    const stranger = new TestClient()
    await stranger.join()
    const seen = [user, admin, stranger].map(async (client) => {
      const response = await client.request('GET', url)
      await response.body?.cancel()
      return [response.status, response.headers.get('content-type')]
    })
    expect(await Promise.all(seen)).toEqual([
      [200, 'image/webp'],
      [200, 'image/webp'],
      [404, 'application/problem+json'],
    ])

    const other = avatarOf(await (await put(png(512, 512))).json<Me>())!
    expect(other).not.toBe(url)
    const first = await user.request('GET', other)
    await first.body?.cancel()
    const headers = { 'if-none-match': first.headers.get('etag')! }
    expect((await user.request('GET', other, { headers })).status).toBe(304)

    expect((await user.request('DELETE', '/api/me/avatar')).status).toBe(204)
    expect(avatarOf(await user.json<Me>('GET', '/api/me'))).toBeNull()
    expect((await user.request('GET', other)).status).toBe(404)
    expect((await env.FILES.list({ prefix: 'avatars/' })).objects).toEqual([])
  })

  it('is small, still and an image', async () => {
    const code = async (bytes: Uint8Array<ArrayBuffer>) =>
      (await (await put(bytes)).json<{ code: string }>()).code
    expect(await code(png(1, 1, 'x'.repeat(1024 * 1024)))).toBe('attachment_too_large')
    expect(await code(gif())).toBe('attachment_type')
    expect(await code(png(9_000, 1))).toBe('attachment_dimensions')
  })
})
