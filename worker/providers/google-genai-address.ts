import type { ProviderConnection } from './provider.ts'

/** The name of a model; people say it with the folder it is in, and without. */
export function resourceName(model: string): string {
  return /^(?:models|tunedModels)\//.test(model) ? model : `models/${model}`
}

/** The route of what a model is asked to do. */
export function modelRoute(model: string, method: string): string {
  return `${resourceName(model).split('/').map(encodeURIComponent).join('/')}:${method}`
}

export function keyHeader({ apiKey }: ProviderConnection): Record<string, string> {
  return apiKey ? { 'x-goog-api-key': apiKey } : {}
}
