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

/** What an image takes, whatever its size: providers differ, and none says so beforehand. */
const imageTokens = 1_000

export function tokensOfTurn(role: string, text: string, images = 0): number {
  return 4 + tokensOf(text) + tokensOf(role) + images * imageTokens
}

/** What a whole prompt adds to the sum of its turns. */
export const promptTokens = 3
