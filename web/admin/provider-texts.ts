import type { TextKey } from '../text/i18n.ts'

/** A text of the form, which is filled with nothing. */
type FormText = Extract<TextKey, `connect.${'about' | 'url' | 'key' | 'modelIds'}${string}`>

interface ProviderTexts {
  /** What the kind is for, in a line. */
  about: FormText
  baseUrlHint: FormText
  keyHint: FormText
  baseUrlExample: string
  /** For a kind whose models somebody has to name; the others list them themselves. */
  modelIds?: { label: FormText; hint: FormText; example: string }
}

/** What the form says of each kind of provider; one that is not here is shown by its label alone. */
const known: Record<string, ProviderTexts> = {
  openai: {
    about: 'connect.about.openai',
    baseUrlHint: 'connect.url.openai',
    keyHint: 'connect.key.openai',
    baseUrlExample: 'https://api.openai.com/v1',
  },
  openai_responses: {
    about: 'connect.about.openai_responses',
    baseUrlHint: 'connect.url.openai',
    keyHint: 'connect.key.openai',
    baseUrlExample: 'https://api.openai.com/v1',
  },
  azure_openai: {
    about: 'connect.about.azure_openai',
    baseUrlHint: 'connect.url.azure_openai',
    keyHint: 'connect.key.azure_openai',
    baseUrlExample: 'https://my-resource.openai.azure.com',
    modelIds: {
      label: 'connect.modelIds.azure_openai',
      hint: 'connect.modelIdsHint.azure_openai',
      example: 'gpt-4o\nchat-prod=gpt-4o',
    },
  },
  ollama: {
    about: 'connect.about.ollama',
    baseUrlHint: 'connect.url.ollama',
    keyHint: 'connect.key.ollama',
    baseUrlExample: 'http://192.168.1.5:11434',
  },
  google_genai: {
    about: 'connect.about.google_genai',
    baseUrlHint: 'connect.url.google_genai',
    keyHint: 'connect.key.google_genai',
    baseUrlExample: 'https://generativelanguage.googleapis.com/v1beta',
  },
  anthropic: {
    about: 'connect.about.anthropic',
    baseUrlHint: 'connect.url.anthropic',
    keyHint: 'connect.key.anthropic',
    baseUrlExample: 'https://api.anthropic.com/v1',
  },
}

const unknown: Omit<ProviderTexts, 'about'> & { about: null } = {
  about: null,
  baseUrlHint: 'connect.url.default',
  keyHint: 'connect.key.default',
  baseUrlExample: 'https://',
}

/** Plain words for each field of a kind of provider. */
export function providerTexts(id: string) {
  return (Object.hasOwn(known, id) && known[id]) || unknown
}
