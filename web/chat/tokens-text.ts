/** A number of tokens as it is usually written: 128k, 1M. */
export function tokensText(tokens: number): string {
  if (tokens >= 999_500) return `${trim(tokens / 1_000_000)}M`
  if (tokens < 1_000) return String(tokens)
  // Windows are counted in powers of two as often as of ten: 131,072 is known as 128k.
  const isBinary = tokens % 1_000 !== 0 && tokens % 1_024 === 0
  return `${trim(isBinary ? tokens / 1_024 : tokens / 1_000)}k`
}

function trim(value: number): string {
  return value < 10 ? String(Math.round(value * 10) / 10) : String(Math.round(value))
}
