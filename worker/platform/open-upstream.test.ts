import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { AddressGuard } from './address-guard.ts'
import { createUpstream } from './open-upstream.ts'

const guard: AddressGuard = {
  allowPrivateHosts: true,
  allowedOrigins: [],
  audience: 'connection',
  resolve: null,
}
const get = () => ({ method: 'GET', headers: new Headers() })
const open = (signal = new AbortController().signal) =>
  createUpstream({ signal, guard, alive: () => {} })

async function serve(listener: RequestListener): Promise<{ url: string; close: () => void }> {
  const server = createServer(listener)
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  const { port } = server.address() as AddressInfo
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { url: `http://127.0.0.1:${port}/`, close }
}

const unavailable = (message: unknown) => ({
  code: 'provider_unavailable',
  members: { provider: { status: 0, message } },
})

describe('the upstream of a run', () => {
  afterEach(() => vi.unstubAllGlobals())

  it('hands every answer on, errors included', async () => {
    const server = await serve((_, response) => response.writeHead(429).end('slow down'))
    const response = await open().fetch(server.url, get())
    expect([response.status, await response.text()]).toEqual([429, 'slow down'])
    server.close()
  })

  it('says when the connection is refused', async () => {
    const server = await serve(() => {})
    server.close()
    await expect(open().fetch(server.url, get())).rejects.toMatchObject(
      unavailable('The host refused the connection.'),
    )
  })

  it('says when the connection is lost', async () => {
    const server = await serve((request) => request.socket.destroy())
    await expect(open().fetch(server.url, get())).rejects.toMatchObject(
      unavailable('The connection was refused or lost before an answer came.'),
    )
    server.close()
  })

  it('says when no secure connection can be made', async () => {
    const server = await serve((_, response) => response.end())
    const url = server.url.replace('http:', 'https:')
    await expect(open().fetch(url, get())).rejects.toMatchObject(
      unavailable('No secure connection could be made (TLS).'),
    )
    server.close()
  })

  it.each([
    ['https://nowhere.example/', true, 'The name of the host was not found.'],
    ['https://nowhere.example/', false, 'No secure connection could be made (TLS).'],
    ['http://nowhere.example/', false, 'The name of the host was not found.'],
  ])(
    'tells a missing name from a failed handshake where the runtime does not: %s',
    async (...row) => {
      const [url, probeFailsAlike, message] = row
      vi.stubGlobal('fetch', async (called: URL | string) => {
        if (String(called) === url || probeFailsAlike)
          throw new Error('internal error; reference = x')
        throw new Error('Network connection lost.')
      })
      await expect(open().fetch(url, get())).rejects.toMatchObject(unavailable(message))
    },
  )

  it('refuses what the guard refuses, as it is', async () => {
    await expect(open().fetch('http://169.254.169.254/', get())).rejects.toMatchObject({
      code: 'address_refused',
      members: { reason: 'metadata' },
    })
  })

  it('ends a waiting call with what the run was aborted with, and closes the connection', async () => {
    const closed = Promise.withResolvers<void>()
    const arrived = Promise.withResolvers<void>()
    const server = await serve((request) => {
      request.socket.once('close', () => closed.resolve())
      arrived.resolve()
    })
    const controller = new AbortController()
    const call = open(controller.signal).fetch(server.url, get())
    await arrived.promise
    const reason = new Error('cancelled by the user')
    controller.abort(reason)
    await expect(call).rejects.toBe(reason)
    await closed.promise
    server.close()
  })

  it('ends a body that is being read, too', async () => {
    const server = await serve((_, response) => response.writeHead(200).write('first'))
    const controller = new AbortController()
    const response = await open(controller.signal).fetch(server.url, get())
    const reader = response.body?.getReader()
    await reader?.read()
    const reason = new Error('stalled')
    controller.abort(reason)
    await expect(reader?.read()).rejects.toBe(reason)
    server.close()
  })
})
