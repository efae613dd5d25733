import type { Model } from '#contract/models.ts'
import type { Effort, Reasoning } from '#contract/reasoning.ts'

/** How much thought is asked for, as one choice; `default` asks for nothing. */
export type Level = 'default' | 'off' | 'on' | Effort

type Reasoner = Pick<Model, 'reasoning' | 'reasoningControl' | 'capabilities'>

export function canReason({ reasoning, capabilities }: Reasoner): boolean {
  if (capabilities.reasoning === false) return false
  return capabilities.reasoning === true || (reasoning?.efforts.length ?? 0) > 0
}

/** The choice that is in force for a model. */
export function levelOf({ enabled, effort, think }: Reasoning, model: Reasoner): Level {
  const thinks = model.reasoningControl === 'think'
  const wanted = thinks ? (think ?? effort) : effort
  if (enabled === false || wanted === 'off' || wanted === 'none') return 'off'
  if (thinks) return wanted ?? 'default'
  const efforts = model.reasoning?.efforts ?? []
  if (effort !== null && efforts.includes(effort)) return effort
  return enabled === true && efforts.length === 0 ? 'on' : 'default'
}
