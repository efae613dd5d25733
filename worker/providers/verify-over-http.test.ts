import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { AddressGuard } from '../platform/address-guard.ts'
import { createUpstream } from '../platform/open-upstream.ts'
import { connectionOf } from './play-recording.ts'
import type { Provider } from './provider.ts'
import { providerFor, providers } from './registry.ts'
import { verify } from './verify.ts'

const closing: (() => void)[] = []
afterEach(() => closing.splice(0).forEach((close) => close()))

/** A server on this machine; its address has no path. */
async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  closing.push(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

function trying(provider: Provider, baseUrl: string, allowPrivateHosts = true) {
  const guard: AddressGuard = {
    allowPrivateHosts,
    allowedOrigins: [],
    audience: 'connection',
    resolve: null,
  }
  const { signal } = new AbortController()
  const upstream = createUpstream({ signal, guard, alive: () => {} })
  return verify(provider, connectionOf(provider.id, { baseUrl }), upstream, null)
}

/** Answers every provider's way to ask for models, below one path and nowhere else. */
const answersBelow =
  (path: string, called: string[] = []): RequestListener =>
  ({ url = '' }, response) => {
    called.push(url)
    const routes = ['/models', '/api/tags', '/api/show', '/api/version']
    const isThere = routes.some((route) => url.split('?')[0] === `${path}${route}`)
    const name = 'models/some-model'
    const model = { id: name, name, model: name, supportedGenerationMethods: ['generateContent'] }
    const found = { version: '1.2.3', data: [model], models: [model] }
    const [status, body] = isThere ? [200, found] : [404, { error: { message: 'No such path.' } }]
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
  }

const listing = Object.values(providers).filter(({ listsLocally }) => !listsLocally)

describe.each(listing)('trying a connection to $label over HTTP', (provider) => {
  it('says when the host refuses the connection', async () => {
    const origin = await serve(() => {})
    closing.splice(0).forEach((close) => close())
    expect(await trying(provider, origin)).toMatchObject({
      problem: { code: 'provider_unavailable' },
      provider: { status: 0, message: 'The host refused the connection.' },
    })
  })

  it('says when no secure connection can be made', async () => {
    const origin = await serve((_, response) => response.end())
    expect(await trying(provider, origin.replace('http:', 'https:'))).toMatchObject({
      problem: { code: 'provider_unavailable' },
      provider: { status: 0, message: 'No secure connection could be made (TLS).' },
    })
  })

  it('says when there is no host of that name', async () => {
    expect(await trying(provider, 'https://nowhere.invalid')).toMatchObject({
      problem: { code: 'provider_unavailable' },
      provider: { status: 0, message: 'The name of the host was not found.' },
    })
  })

  it('says when the host is private and private hosts are closed', async () => {
    const called: string[] = []
    const origin = await serve(answersBelow('', called))
    const { problem } = await trying(provider, origin.replace('http:', 'https:'), false)
    expect([problem?.code, problem?.members.reason, called]).toEqual([
      'address_refused',
      'private',
      [],
    ])
  })

  it('after a path of another version names the one that answers', async () => {
    const path = new URL(provider.baseUrlOf(provider.baseUrlDefault ?? '')).pathname
    const origin = await serve(answersBelow(path.replace(/\/$/, '')))
    const { problem, provider: said } = await trying(provider, `${origin}/v9`)
    const works = provider.baseUrlOf(origin)
    expect(problem?.members.baseUrl).toBe(works)
    expect(said).toEqual({
      status: 404,
      message: `No such path. (${works} answers as the base URL)`,
    })
  })
})

describe('trying a connection to an Ollama', () => {
  const ollama = providerFor('ollama')

  it('asks first whether one answers, and lists no models of anything else', async () => {
    const called: string[] = []
    const page = '<!doctype html><title>Router</title>'
    const origin = await serve(({ url = '' }, response) => {
      called.push(url)
      response.writeHead(200, { 'content-type': 'text/html' }).end(page)
    })
    expect(await trying(ollama, origin)).toMatchObject({
      models: 0,
      problem: { code: 'provider_bad_reply' },
      provider: { status: 200, message: 'text/html instead of the version of Ollama' },
    })
    expect(called).not.toContain('/api/tags')
  })

  it.each(['/api', '/v1', '/api/chat', '/api/tags', '/v1/chat/completions'])(
    'finds the one whose address was given with %s behind it',
    async (path) => {
      const origin = await serve(answersBelow(''))
      const { problem, models } = await trying(ollama, origin + path)
      const found = problem === null ? models > 0 : problem.members.baseUrl === origin
      expect(found).toBe(true)
    },
  )

  it('lists what it has', async () => {
    const called: string[] = []
    const origin = await serve(answersBelow('', called))
    expect(await trying(ollama, origin)).toMatchObject({
      models: 1,
      sample: ['models/some-model'],
      problem: null,
    })
    expect(called).toEqual(['/api/version', '/api/tags', '/api/show'])
  })
})
