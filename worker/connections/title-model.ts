import type { Id } from '../contract/ids.ts'
import type { Settings } from '../contract/settings-registry.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import { usableModel } from './usable-model.ts'

/** Why a model cannot make titles, or null when it can. */
export async function titleModelFault(
  env: Bindings,
  id: Id<'model'>,
  settings: Settings,
): Promise<string | null> {
  try {
    await usableModel(env, id, settings, 'admin')
    return null
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return error.code === 'model_unsuitable' ? 'Not a chat model.' : 'There is no such model.'
  }
}
