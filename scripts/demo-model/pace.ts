/** How a model times its words: the wait before the first, and how many follow in a second. */
export interface Pace {
  firstMs: number
  perSecond: number
}

export const paces: Record<string, Pace> = {
  demo: { firstMs: 300, perSecond: 60 },
  'demo-reasoner': { firstMs: 300, perSecond: 60 },
  'demo-writer': { firstMs: 300, perSecond: 90 },
  'demo-slow': { firstMs: 12_000, perSecond: 5 },
}

/** How many tokens should have been written by now. Counting from the start never drifts. */
export function tokensDue(pace: Pace, elapsedMs: number): number {
  if (elapsedMs < pace.firstMs) return 0
  return 1 + Math.floor(((elapsedMs - pace.firstMs) / 1_000) * pace.perSecond)
}
