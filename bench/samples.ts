/** The value below which the share `q` of `values` lies; NaN when there are none. */
export function quantile(values: readonly number[], q: number): number {
  if (values.length === 0) return Number.NaN
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * q) - 1)] ?? Number.NaN
}

export interface Spread {
  p50: number
  p99: number
  count: number
}

export function spreadOf(values: readonly number[]): Spread {
  return { p50: quantile(values, 0.5), p99: quantile(values, 0.99), count: values.length }
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5)
}
