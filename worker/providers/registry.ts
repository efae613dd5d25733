import { Fault } from '../platform/fault.ts'
import { anthropic } from './anthropic.ts'
import { ollama } from './ollama.ts'
import { azureOpenai } from './azure-openai.ts'
import { googleGenai } from './google-genai.ts'
import { openaiResponses } from './openai-responses.ts'
import { openai } from './openai.ts'
import type { Provider } from './provider.ts'

/** Every adapter there is, by the id a connection names it with. */
export const providers: Readonly<Record<string, Provider>> = {
  openai,
  openai_responses: openaiResponses,
  azure_openai: azureOpenai,
  ollama,
  anthropic,
  google_genai: googleGenai,
}

/** Refuses `invalid_request` with the ids there are, for one that is none of them. */
export function providerFor(id: string): Provider {
  const provider = Object.hasOwn(providers, id) ? providers[id] : undefined
  if (provider) return provider
  const message = `One of: ${Object.keys(providers).join(', ')}.`
  throw new Fault('invalid_request', { errors: [{ path: 'provider', message }] })
}
