/**
 * Chinese, Japanese and Korean write no spaces around emphasis, so CommonMark's rule leaves
 * `**注意：**请看` unemphasised: a closer after punctuation must precede a space or more
 * punctuation. Here a CJK letter counts as such a neighbour. Only stars: underscores never open
 * or close inside a word.
 */
const cjkLetter =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}]/u
const punctuation = /[\p{P}\p{S}]/u
const starRun = /([^*\s])(\*+)(?=([^*\s]))/gu

/**
 * `masked` (what marked looks for closers in) with the characters before star runs swapped, each
 * for as many of the kind that makes the run close, or open, beside a CJK letter.
 */
export function maskForCjk(masked: string): string {
  if (!masked.includes('*')) return masked
  return masked.replace(starRun, (whole, before: string, stars: string, after: string) => {
    if (punctuation.test(before) && cjkLetter.test(after)) return 'a'.repeat(before.length) + stars
    if (cjkLetter.test(before) && punctuation.test(after)) return '，'.repeat(before.length) + stars
    return whole
  })
}

/** The character before an opener as marked must see it for `请看**“这里”**` to open. */
export function neighbourOfOpener(rest: string, before: string): string {
  if (!rest.startsWith('*') || !cjkLetter.test(before)) return before
  const after = /^\*+([\p{P}\p{S}])/u.exec(rest)
  return after ? '，' : before
}
