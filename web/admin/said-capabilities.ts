import { capabilityFlags, type CapabilityFlag } from '#contract/models.ts'

/** What somebody says of what models can do; unsaid is as detected. */
export type SaidCapabilities = Partial<Record<CapabilityFlag, boolean>>

/** What is said in what is stored, where null says nothing. */
export function saidIn(stored: Partial<Record<CapabilityFlag, boolean | null>>): SaidCapabilities {
  return Object.fromEntries(
    Object.entries(stored).filter(([, value]) => value !== null),
  ) as SaidCapabilities
}

/** The same as it is sent: null takes back what was said before. */
export function sentCapabilities(said: SaidCapabilities): Record<string, boolean | null> {
  return Object.fromEntries(capabilityFlags.map((flag) => [flag, said[flag] ?? null]))
}
