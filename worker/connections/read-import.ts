import type * as z from 'zod/mini'
import { Fault } from '../platform/fault.ts'

const reasonLengthMax = 300

/** What an export wrote. Refuses `import_unreadable`, naming the first thing that is not right. */
export function readImport<Content>(schema: z.ZodMiniType<Content>, file: unknown): Content {
  const parsed = schema.safeParse(file)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const reason = `${issue?.path.map(String).join('.')}: ${issue?.message}`
  throw new Fault('import_unreadable', { reason: reason.slice(0, reasonLengthMax) })
}
