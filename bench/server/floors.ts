import { readFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'
import { workerdPids } from '../process-usage.ts'

/** A runtime of its own, and which processes it consists of. */
export interface Floor {
  origin: string
  pids: number[]
  stop(): Promise<void>
}

/** The bare Worker that pipes. */
export function startPipe(upstream: string): Promise<Floor> {
  return start('bench/floor/pipe-worker.ts', { bindings: { UPSTREAM: upstream } })
}

/** The bare Worker that reads and changes what it hands on. */
export function startReader(upstream: string): Promise<Floor> {
  return start('bench/floor/reader-worker.ts', { bindings: { UPSTREAM: upstream } })
}

/** The bare Worker whose objects read, merge and store; their storage is on disk in `folder`. */
export function startObject(upstream: string, folder: string): Promise<Floor> {
  return start(
    'bench/floor/object-worker.ts',
    {
      bindings: { UPSTREAM: upstream },
      durableObjects: { ANSWERS: { className: 'Answer', useSQLite: true } },
    },
    folder,
  )
}

async function start(
  path: string,
  options: {
    bindings: Record<string, string>
    durableObjects?: Record<string, { className: string; useSQLite: boolean }>
  },
  folder?: string,
): Promise<Floor> {
  const before = workerdPids()
  const contents = stripTypeScriptTypes(readFileSync(path, 'utf8'))
  const miniflare = new Miniflare({
    ...convertV4MiniflareOptions({
      modules: [{ type: 'ESModule', path: 'index.js', contents }],
      compatibilityDate: '2026-10-01',
      host: '127.0.0.1',
      port: 0,
      ...options,
    }),
    ...(folder && { resourcePersistencePath: folder }),
  })
  const { origin } = await miniflare.ready
  return {
    origin,
    pids: workerdPids().filter((pid) => !before.includes(pid)),
    stop: () => miniflare.dispose(),
  }
}
