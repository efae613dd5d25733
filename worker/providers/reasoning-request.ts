import { Effort } from '../contract/reasoning.ts'
import type { Fields } from './narrow.ts'
import type { ProviderRequest } from './provider.ts'
import type { Dialect } from './vendors.ts'

type Asked = Pick<ProviderRequest, 'reasoning' | 'efforts'>

/** From least to most. */
const ascending = Effort.options

/** What an OpenAI-shaped request says about reasoning; nothing where nothing was chosen. */
export function reasoningFields(request: Asked, dialect: Dialect): Fields {
  const { enabled, effort } = request.reasoning
  const isOff = !enabled || effort === 'none'
  const sent = effortSent(request)
  switch (dialect.reasoning) {
    case 'effort':
      return sent === null ? {} : { reasoning_effort: sent }
    case 'openrouter':
      return sent === null ? {} : { reasoning: { effort: sent } }
    case 'groq':
      return sent === null ? {} : { reasoning_format: 'parsed', reasoning_effort: sent }
    case 'template':
      if (!isOff && effort === null) return {}
      return { chat_template_kwargs: { enable_thinking: !isOff } }
    case 'deepseek':
      if (isOff) return { thinking: { type: 'disabled' } }
      if (effort === null) return {}
      return {
        thinking: { type: 'enabled' },
        reasoning_effort: nearestEffort(effort, ['high', 'max']),
      }
  }
}

/** The level to name to a model, among those it lists; null names none. */
export function effortSent({ reasoning, efforts }: Asked): Effort | null {
  if (!reasoning.enabled) return efforts?.includes('none') ? 'none' : null
  if (reasoning.effort === null || efforts === null) return reasoning.effort
  return nearestEffort(reasoning.effort, efforts)
}

/** The level itself where it is listed, else the nearest lower one, else the nearest higher. */
function nearestEffort(wanted: Effort, listed: readonly Effort[]): Effort | null {
  const at = ascending.indexOf(wanted)
  const lower = ascending.slice(0, at + 1).findLast((effort) => listed.includes(effort))
  return lower ?? ascending.slice(at).find((effort) => listed.includes(effort)) ?? null
}
