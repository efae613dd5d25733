import type { ProviderRequest } from './provider.ts'

/** Whether the model must call a tool, one of all or the one that is named. */
export function demandsCall({ tools, options }: ProviderRequest): boolean {
  const choice = options?.toolChoice ?? null
  if (tools.length === 0 || choice === null) return false
  return typeof choice === 'object' || choice === 'required'
}
