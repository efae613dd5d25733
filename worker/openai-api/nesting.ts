/** Beyond this no schema or argument goes; far deeper a body could be read but not written again. */
const levelsMax = 500

/** Whether a JSON text nests lists and objects deeper than anybody means to. */
export function isTooDeep(text: string): boolean {
  const marks = /["[\]{}]/g
  let levels = 0
  for (let found = marks.exec(text); found; found = marks.exec(text)) {
    if (found[0] === '"') marks.lastIndex = endOfString(text, marks.lastIndex)
    else if (found[0] === '[' || found[0] === '{') levels++
    else levels--
    if (levels > levelsMax) return true
  }
  return false
}

/** Behind the quote that ends the string which begins at `from`. */
function endOfString(text: string, from: number): number {
  for (let quote = text.indexOf('"', from); quote >= 0; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0
    while (text[quote - 1 - backslashes] === '\\') backslashes++
    if (backslashes % 2 === 0) return quote + 1
  }
  return text.length
}
