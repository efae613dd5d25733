import { rememberWithoutStreamOptions } from '../connections/connections.ts'
import type { Bindings } from '../platform/env.ts'
import type { CallToAnswer } from './answer.ts'

/** Remembers what an upstream does not take. Unremembered, it costs the next call a second try. */
export async function learnStreamOptions(
  env: Bindings,
  { usable }: Pick<CallToAnswer, 'usable'>,
): Promise<void> {
  await rememberWithoutStreamOptions(env, usable.connection.id).catch((error: unknown) =>
    console.error(error),
  )
}
