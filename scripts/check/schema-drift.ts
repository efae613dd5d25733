import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, rmSync } from 'node:fs'

// The migrations must say what worker/db/schema says: drizzle-kit, let loose on a copy of them,
// must find nothing to add. The copy lies inside the folder because drizzle-kit wants it there.

const copy = `.aichat/schema-drift-${process.pid}`
mkdirSync('.aichat', { recursive: true })
cpSync('migrations', copy, { recursive: true })
try {
  const generated = spawnSync(
    'drizzle-kit',
    ['generate', '--dialect=sqlite', '--schema=./worker/db/schema/*.ts', `--out=./${copy}`],
    { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8', timeout: 60_000 },
  )
  const added = readdirSync(copy).filter((name) => !readdirSync('migrations').includes(name))
  if (generated.status !== 0 || added.length > 0) {
    console.error(generated.stdout, generated.stderr)
    console.error('worker/db/schema and migrations/ differ. Run: npm run db:generate')
    process.exitCode = 1
  }
} finally {
  rmSync(copy, { recursive: true, force: true })
}
