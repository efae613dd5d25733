/** The bounds of a number, wherever in a setting's schema they stand; null for what has none. */
export function boundsOf(schema: unknown): { min: number; max: number } | null {
  if (typeof schema !== 'object' || schema === null) return null
  const { minimum, maximum, anyOf } = schema as Record<string, unknown>
  if (typeof minimum === 'number' && typeof maximum === 'number') {
    return { min: minimum, max: maximum }
  }
  if (!Array.isArray(anyOf)) return null
  return anyOf.map(boundsOf).find((bounds) => bounds !== null) ?? null
}
