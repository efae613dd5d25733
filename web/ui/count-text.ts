/** A whole number as somebody typed it: null for none, `unfit` for what is none or out of bounds. */
export function parseCount(text: string, min: number, max: number): number | null | 'unfit' {
  const digits = text.replace(/[\s,_]/g, '')
  if (digits === '') return null
  if (!/^\d{1,15}$/.test(digits)) return 'unfit'
  const count = Number(digits)
  return count < min || count > max ? 'unfit' : count
}

/** The same for an amount of money, which may have a fraction. */
export function parseAmount(text: string, max: number): number | null | 'unfit' {
  const typed = text.trim().replace(',', '.')
  if (typed === '') return null
  if (!/^\d+(\.\d+)?$|^\.\d+$/.test(typed)) return 'unfit'
  return Number(typed) > max ? 'unfit' : Number(typed)
}

/** The things of a list as somebody typed it, each once. */
export function parseList(text: string, separator: RegExp): string[] {
  const items = text.split(separator).map((item) => item.trim())
  return [...new Set(items.filter((item) => item !== ''))]
}
