import type { Id } from '../contract/ids.ts'
import { isSecretKey, type Settings } from '../contract/settings-registry.ts'
import type { SettingsPatch } from '../contract/settings.ts'
import { seal } from '../platform/crypto.ts'
import { deploymentOf, type Bindings } from '../platform/env.ts'
import { changeSettings, checkTogether, refuse, type Writing } from './change-settings.ts'
import { readPatch, type Wanted } from './read-patch.ts'
import { changesTo } from './setting-changes.ts'
import type { SettingsInForce } from './settings.ts'

/** What only the floors above know: why a model cannot make titles, or null when it can. */
export type TitleModelCheck = (
  env: Bindings,
  id: Id<'model'>,
  settings: Settings,
) => Promise<string | null>

/** Applies a patch whole or not at all. Refuses what does not fit, naming each key. */
export async function updateSettings(
  env: Bindings,
  patch: SettingsPatch,
  { titleModelFault, ...writing }: Writing & { titleModelFault: TitleModelCheck },
): Promise<SettingsInForce> {
  const { wanted, errors } = readPatch(patch)
  refuse(errors)
  const sealed = await sealSecrets(env, wanted)
  return changeSettings(
    env,
    async ({ overrides, values }) => {
      const changes = changesTo(sealed, overrides)
      const changed = changes.map(({ key }) => key)
      checkTogether(changes, overrides, changed)
      const modelId = wanted.get('titles.modelId') as Settings['titles.modelId'] | undefined
      if (changed.includes('titles.modelId') && modelId) {
        const message = await titleModelFault(env, modelId, values)
        if (message !== null) refuse([{ path: 'values.titles.modelId', message }])
      }
      return changes
    },
    writing,
  )
}

/** Secrets as they are stored; one that is cleared is the default, which is none. */
async function sealSecrets(env: Bindings, wanted: Wanted): Promise<[string, unknown][]> {
  const { credentialsKey } = deploymentOf(env)
  return Promise.all(
    Array.from(wanted, async ([key, value]): Promise<[string, unknown]> => {
      if (!isSecretKey(key)) return [key, value]
      if (typeof value !== 'string') return [key, undefined]
      return [key, await seal(value, credentialsKey, `setting:${key}`)]
    }),
  )
}
