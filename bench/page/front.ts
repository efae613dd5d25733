import { createReadStream, existsSync, statSync } from 'node:fs'
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join, normalize } from 'node:path'

/** A file that was asked for. */
export interface Served {
  path: string
  /** Whether a worker of the page asked, or the page for the worker. */
  byWorker: boolean
}

export interface Front {
  origin: string
  served: Served[]
  stop(): void
}

const types: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
}

/** One origin for the built page and the Worker, as in production, and hardly any work of its own. */
export async function startFront(folder: string, worker: string): Promise<Front> {
  const served: Served[] = []
  const workers = new Set<string>()
  const server = createServer((incoming, outgoing) => {
    if (incoming.url?.startsWith('/api/')) return pass(incoming, outgoing, worker)
    const path = new URL(incoming.url ?? '/', 'http://page').pathname
    const { referer = '', 'sec-fetch-dest': destination } = incoming.headers
    const byWorker = destination === 'worker' || [...workers].some((name) => referer.endsWith(name))
    if (byWorker) workers.add(path)
    served.push({ path, byWorker })
    serveFile(folder, path, outgoing)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    served,
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}

function pass(incoming: IncomingMessage, outgoing: ServerResponse, worker: string): void {
  const { method, headers, url } = incoming
  const inner = request(`${worker}${url}`, { method, headers }, (reply) => {
    outgoing.writeHead(reply.statusCode ?? 502, reply.headers)
    reply.pipe(outgoing)
  })
  inner.on('error', () => outgoing.destroy())
  outgoing.on('close', () => inner.destroy())
  incoming.pipe(inner)
}

function serveFile(folder: string, path: string, outgoing: ServerResponse): void {
  const asked = join(folder, normalize(path))
  const isThere = existsSync(asked) && statSync(asked).isFile()
  if (!isThere && path.startsWith('/assets/')) {
    outgoing.writeHead(404).end()
    return
  }
  const file = isThere ? asked : join(folder, 'index.html')
  outgoing.writeHead(200, {
    'content-type': types[extname(file)] ?? 'application/octet-stream',
    'content-length': statSync(file).size,
    'cache-control': path.startsWith('/assets/') ? 'max-age=31536000, immutable' : 'no-cache',
  })
  createReadStream(file).pipe(outgoing)
}
