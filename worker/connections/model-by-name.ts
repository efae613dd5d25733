import { isId } from '../contract/ids.ts'
import type { Settings } from '../contract/settings-registry.ts'
import type { Bindings } from '../platform/env.ts'
import { Fault } from '../platform/fault.ts'
import { readNamings, type Naming } from './connection-names.ts'
import { modelIdOf } from './sync-models.ts'
import {
  candidatesById,
  modelOf,
  usableModel,
  type Asking,
  type UsableModel,
} from './usable-model.ts'

/**
 * The model of a published name or id, never a guess; with the refusals of `modelOf`. Its id is
 * made of connection and raw id, so a name leads to a few rows instead of through the catalog.
 */
export async function modelByName(
  env: Bindings,
  name: string,
  settings: Settings,
  { asker, embeds = false }: Pick<Asking, 'asker' | 'embeds'>,
): Promise<UsableModel> {
  if (isId('model', name)) return usableModel(env, name, settings, asker, embeds)
  const namings = await readNamings(env)
  const ids = await Promise.all(
    namings.flatMap((naming) => rawIdsOf(name, naming).map((rawId) => modelIdOf(naming.id, rawId))),
  )
  const rows = await candidatesById(env, ids)
  // Of two connections that publish one name the first keeps it.
  const [first] = namings.flatMap((naming) => rows.filter(({ id }) => id === naming.id))
  if (!first) throw new Fault('model_not_found')
  const usable = await modelOf(env, { asked: first.modelId, asker, embeds }, [first], settings)
  return { ...usable, model: { ...usable.model, name } }
}

/** The raw ids that `name` may stand for where a connection publishes it. */
function rawIdsOf(name: string, { name: connection, prefix }: Naming): string[] {
  const beginning = prefix === null ? '' : `${prefix}.`
  const plain = name.startsWith(beginning) ? [name.slice(beginning.length)] : []
  const ending = `@${connection}`
  return name.endsWith(ending) ? [...plain, name.slice(0, -ending.length)] : plain
}
