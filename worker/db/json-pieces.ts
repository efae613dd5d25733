/** D1 takes no value over 2 MB; a character may be three bytes. */
const charactersMax = 600_000

/**
 * A list as JSON texts that each fit into a parameter, in its order; one empty list for none. An item
 * that does not fit by itself stands alone.
 */
export function jsonPieces(items: readonly unknown[]): string[] {
  const pieces: string[] = []
  let piece = ''
  for (const item of items) {
    const json = JSON.stringify(item)
    if (piece !== '' && piece.length + json.length > charactersMax) {
      pieces.push(`[${piece}]`)
      piece = ''
    }
    piece += piece === '' ? json : `,${json}`
  }
  return [...pieces, `[${piece}]`]
}
