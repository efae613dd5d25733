import type { ProviderRequest } from '../../providers/provider.ts'
import type { ChatBody } from './chat-body.ts'
import type { Images } from '../call-images.ts'
import { chatOptions, refuseUntranslatable } from './chat-options.ts'
import { chatTools } from './chat-tools.ts'
import { chatTurns } from './chat-turns.ts'
import { requestFor, type ModelFacts } from '../provider-request.ts'

/**
 * A chat completion as an adapter takes it. Refuses what cannot be translated, by its name; whether
 * the provider can do what is left, `requireSupported` asks.
 */
export function fromChat(body: ChatBody, model: ModelFacts, images: Images): ProviderRequest {
  refuseUntranslatable(body)
  const { tools, toolChoice } = chatTools(body)
  return requestFor(model, {
    ...chatTurns(body.messages, images),
    tools,
    outputTokensMax: body.max_completion_tokens ?? body.max_tokens ?? null,
    temperature: body.temperature ?? null,
    effort: body.reasoning_effort ?? null,
    options: { ...chatOptions(body), toolChoice },
  })
}
