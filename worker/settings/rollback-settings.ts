import type { Id } from '../contract/ids.ts'
import { isSecretKey, settings } from '../contract/settings-registry.ts'
import type { Bindings } from '../platform/env.ts'
import { isBrandImageKey, parseBrandImage } from './brand-images.ts'
import { changeSettings, checkTogether, refuse, type Writing } from './change-settings.ts'
import { firstChangesSince } from './revisions.ts'
import { changesTo, isSetting, sideOf, type RecordedChange } from './setting-changes.ts'
import type { SettingsInForce } from './settings.ts'
import type { TitleModelCheck } from './update-settings.ts'

/**
 * Returns to what was in force after `revision`, as a revision of its own. Secrets stay as they are;
 * what does not fit any more becomes the default, as it does wherever it is stored. Refuses
 * `invalid_request` for a revision there is not, and where the settings of then need a secret that is
 * gone.
 */
export async function rollbackSettings(
  env: Bindings,
  revision: number,
  { titleModelFault, ...writing }: Writing & { titleModelFault: TitleModelCheck },
): Promise<SettingsInForce> {
  return changeSettings(
    env,
    async (current) => {
      if (revision > current.revision) {
        refuse([{ path: 'revision', message: 'There is no such revision.' }])
      }
      const since = await firstChangesSince(env, revision)
      const wanted = since.flatMap(wantedOf)
      for (const entry of wanted) {
        const [key, value] = entry
        if (key !== 'titles.modelId' || typeof value !== 'string') continue
        if (await titleModelFault(env, value as Id<'model'>, current.values)) entry[1] = undefined
      }
      const changes = changesTo(wanted, current.overrides)
      // A prompt that was in force may be longer than its maximum: that was lowered under it.
      const changed = changes.map(({ key }) => key).filter((key) => key !== 'chat.systemPrompt')
      checkTogether(changes, current.overrides, changed)
      return changes
    },
    writing,
  )
}

/** What a key is to become again; nothing for secrets and for keys there are no more. */
function wantedOf(change: RecordedChange): [string, unknown][] {
  const { key } = change
  const before = sideOf(change, 'before')
  if (isBrandImageKey(key)) return [[key, parseBrandImage(before)]]
  if (!isSetting(key) || isSecretKey(key)) return []
  const fits = before !== undefined && settings[key].schema.safeParse(before).success
  return [[key, fits ? before : undefined]]
}
