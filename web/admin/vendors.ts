import type { Vendor } from '#contract/connections.ts'

interface VendorPreset {
  label: string
  /** Where its API usually is; null when everybody's is elsewhere. */
  baseUrl: string | null
  /** It runs on one's own machine, mostly without a key. */
  isLocal?: true
}

/** The vendors there is a dialect for; `auto` and `other` are named by the form. */
export const vendorPresets: Record<Exclude<Vendor, 'auto' | 'other'>, VendorPreset> = {
  openai: { label: 'OpenAI', baseUrl: 'https://api.openai.com/v1' },
  deepseek: { label: 'DeepSeek', baseUrl: 'https://api.deepseek.com/v1' },
  openrouter: { label: 'OpenRouter', baseUrl: 'https://openrouter.ai/api/v1' },
  groq: { label: 'Groq', baseUrl: 'https://api.groq.com/openai/v1' },
  mistral: { label: 'Mistral', baseUrl: 'https://api.mistral.ai/v1' },
  xai: { label: 'xAI', baseUrl: 'https://api.x.ai/v1' },
  moonshot: { label: 'Moonshot', baseUrl: 'https://api.moonshot.cn/v1' },
  zai: { label: 'Z.ai', baseUrl: 'https://api.z.ai/api/paas/v4' },
  together: { label: 'Together', baseUrl: 'https://api.together.xyz/v1' },
  perplexity: { label: 'Perplexity', baseUrl: 'https://api.perplexity.ai' },
  vllm: { label: 'vLLM', baseUrl: 'http://localhost:8000/v1', isLocal: true },
  llamacpp: { label: 'llama.cpp', baseUrl: 'http://localhost:8080/v1', isLocal: true },
  lmstudio: { label: 'LM Studio', baseUrl: 'http://localhost:1234/v1', isLocal: true },
}

/** The addresses that are suggested for some vendor. */
export const vendorUrls = Object.values(vendorPresets).flatMap(({ baseUrl }) => baseUrl ?? [])

/** The address to suggest for `vendor`, unless somebody typed one of their own. */
export function suggestedUrl(vendor: Vendor, typed: string): string {
  if (typed.trim() !== '' && !vendorUrls.includes(typed.trim())) return typed
  return vendor === 'auto' || vendor === 'other' ? '' : (vendorPresets[vendor].baseUrl ?? '')
}
