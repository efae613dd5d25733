interface Measured {
  start: number
  end: number
}

/** The indexes of `range` and as many around it as lie within `px` of its edges. */
export function rangeWithin(
  range: { startIndex: number; endIndex: number; count: number },
  measured: readonly Measured[],
  px: number,
): number[] {
  let { startIndex: first, endIndex: last } = range
  const top = (measured[first]?.start ?? 0) - px
  const bottom = (measured[last]?.end ?? 0) + px
  while (first > 0 && (measured[first - 1]?.end ?? 0) > top) first--
  while (last < range.count - 1 && (measured[last + 1]?.start ?? Infinity) < bottom) last++
  return Array.from({ length: last - first + 1 }, (_, index) => first + index)
}
