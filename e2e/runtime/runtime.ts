import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { convertV4MiniflareOptions, Miniflare } from 'miniflare'

/** The Worker in a workerd of its own, with state on disk, that can be killed and comes back. */
export interface Runtime {
  origin: string
  miniflare: Miniflare
  /** Ends every workerd of this runtime at once, as a crash does. */
  kill(): number
  pids(): number[]
  stop(): Promise<void>
}

export interface RuntimeOptions {
  script: string
  /** Where D1, objects and files are kept; a later runtime on the same folder finds them. */
  folder: string
  port?: number
  bindings?: Record<string, string>
}

const secrets = {
  JWT_SECRET: 'the secret of the tests, at least 32 bytes long',
  CREDENTIALS_KEY: 'dGhlIGtleSBvZiB0aGUgdGVzdHMsIDMyIGJ5dGVzISE=',
  ENVIRONMENT: 'development',
  DAMPING: 'off',
  LOG_LEVEL: 'error',
}

export async function startRuntime(options: RuntimeOptions): Promise<Runtime> {
  const miniflare = new Miniflare({
    ...convertV4MiniflareOptions({
      // By its text: a path outside the working folder is refused.
      modules: [
        { type: 'ESModule', path: 'index.js', contents: readFileSync(options.script, 'utf8') },
      ],
      compatibilityDate: '2026-10-01',
      compatibilityFlags: ['enable_request_signal'],
      host: '127.0.0.1',
      port: options.port ?? 0,
      bindings: { ...secrets, ...options.bindings },
      d1Databases: { DB: 'aichat' },
      r2Buckets: { FILES: 'aichat-files' },
      durableObjects: {
        GENERATIONS: { className: 'GenerationObject', useSQLite: true },
        CALLS: { className: 'CallObject', useSQLite: true },
      },
    }),
    resourcePersistencePath: options.folder,
  })
  const origin = (await miniflare.ready).origin
  await migrate(miniflare)
  const pids = () => workerdsOf(process.pid)
  return {
    origin,
    miniflare,
    pids,
    kill() {
      const found = pids()
      for (const pid of found) process.kill(pid, 'SIGKILL')
      return found.length
    },
    stop: () => miniflare.dispose(),
  }
}

async function migrate(miniflare: Miniflare): Promise<void> {
  const db = await miniflare.getD1Database('DB')
  await db.exec('create table if not exists d1_migrations (id integer primary key, name text)')
  for (const name of readdirSync('migrations')
    .filter((file) => file.endsWith('.sql'))
    .toSorted()) {
    const known = await db.prepare('select 1 from d1_migrations where name = ?').bind(name).first()
    if (known) continue
    const statements = readFileSync(`migrations/${name}`, 'utf8').split('--> statement-breakpoint')
    await db.batch([
      ...statements.map((statement) => db.prepare(statement)),
      db.prepare('insert into d1_migrations (name) values (?)').bind(name),
    ])
  }
}

function workerdsOf(pid: number): number[] {
  try {
    const listed = execFileSync('pgrep', ['-P', String(pid), '-x', 'workerd'], { encoding: 'utf8' })
    return listed.trim().split('\n').map(Number)
  } catch {
    return []
  }
}
