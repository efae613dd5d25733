/** How many characters `text` has beyond `max`; none where nothing limits it. */
export function excessOf(text: string, max: number | undefined): number {
  // Characters are at most the length, so most texts need not be counted.
  if (max === undefined || text.length <= max) return 0
  return Math.max(0, Array.from(text.trim()).length - max)
}
