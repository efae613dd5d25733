/** An estimate: four ASCII characters or one other character to a token. */
export function tokensOf(text: string): number {
  let ascii = 0
  let other = 0
  for (const character of text) {
    if (character.charCodeAt(0) < 128) ascii++
    else other++
  }
  return Math.ceil(ascii / 4) + other
}

export function tokensOfTurn(role: string, text: string): number {
  return 4 + tokensOf(text) + tokensOf(role)
}

/** What a whole prompt adds to the sum of its turns. */
export const promptTokens = 3
