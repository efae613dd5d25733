import type { Actor } from '../contract/actor.ts'
import type { Audience, Model, ModelOverride } from '../contract/models.ts'
import type { Settings } from '../contract/settings-registry.ts'

/** For whom a model is asked; whoever administers models may use all of them. */
export type Asker = Audience | 'admin'

export function askerOf(actor: Actor): Asker {
  if (actor.type === 'guest') return 'guest'
  return actor.role === 'admin' ? 'admin' : 'user'
}

type Access = NonNullable<ModelOverride['access']>
type Resolved = NonNullable<Model['resolvedAccess']>

/** Whether an audience may use a model, and whether the model or the setting says so. */
export function resolvedAccess(access: Access | null | undefined, settings: Settings): Resolved {
  const of = (audience: Audience): Resolved['guest'] => {
    const word = access?.[audience]
    if (word === 'allow' || word === 'deny') return { decision: word, source: 'override' }
    return { decision: settings[`models.access.${audience}`], source: 'default' }
  }
  return { guest: of('guest'), user: of('user') }
}

export function mayUse(
  asker: Asker,
  access: Access | null | undefined,
  settings: Settings,
): boolean {
  return asker === 'admin' || resolvedAccess(access, settings)[asker].decision === 'allow'
}
