/** Easily told apart from each other, also when read out or copied by hand. */
const letters = 'abcdefghjkmnpqrstuvwxyz'
const digits = '23456789'
const groups = 4
const groupLength = 4

/** A password nobody will guess (85 bits and more), in groups that are easy to pass on. */
export function generatePassword(): string {
  const written = Array.from({ length: groups }, () => pick(letters + digits, groupLength))
  // The rules ask for a letter and a digit, which chance alone does not promise.
  return `${written.join('-')}-${pick(letters, 1)}${pick(digits, 1)}`
}

function pick(characters: string, length: number): string {
  let text = ''
  while (text.length < length) {
    const [byte = 0] = crypto.getRandomValues(new Uint8Array(1))
    // Bytes beyond the last whole turn would make the first characters likelier.
    if (byte < 256 - (256 % characters.length)) text += characters[byte % characters.length]
  }
  return text
}
