import type { ProviderId } from '../contract/connections.ts'
import { openai } from './openai.ts'
import type { Provider } from './provider.ts'

export const providers = { openai } as const satisfies Record<ProviderId, Provider>

export function providerFor(id: ProviderId): Provider {
  return providers[id]
}
