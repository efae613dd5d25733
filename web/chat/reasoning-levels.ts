import type { Model } from '#contract/models.ts'
import { Think, type Reasoning } from '#contract/reasoning.ts'
import type { Level } from './reasoning-level.ts'

type Reasoner = Pick<Model, 'reasoning' | 'reasoningControl'>

/** The choices a model leaves. */
export function levelsFor({ reasoning, reasoningControl }: Reasoner): Level[] {
  if (reasoningControl === 'think') return ['default', ...Think.options]
  const efforts = (reasoning?.efforts ?? []).filter((effort) => effort !== 'none')
  return ['default', 'off', ...(efforts.length > 0 ? efforts : ['on' as const])]
}

/** What is asked for a choice, in the words the model is asked with. */
export function reasoningOf(level: Level, { reasoningControl }: Reasoner): Partial<Reasoning> {
  const enabled = level === 'default' ? null : level !== 'off'
  if (reasoningControl === 'think') {
    const think = Think.safeParse(level)
    return { enabled, effort: null, think: think.success ? think.data : null }
  }
  const isEffort = level !== 'default' && level !== 'off' && level !== 'on'
  return { enabled, effort: isEffort ? level : null }
}
