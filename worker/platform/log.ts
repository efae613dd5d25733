import type { Bindings } from './env.ts'

const levels = ['debug', 'info', 'warn', 'error'] as const
type Level = (typeof levels)[number]

/** One line of JSON, when the deployment wants lines of this level. Never texts, never secrets. */
export function log(env: Bindings, level: Level, fields: Record<string, unknown>): void {
  const wanted = levels.indexOf((env.LOG_LEVEL ?? 'info') as Level)
  if (levels.indexOf(level) < wanted) return
  console.log(JSON.stringify({ level, at: Date.now(), ...fields }))
}
