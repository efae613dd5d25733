/** The references that answers really contain; the other two thousand are fetched when one is met. */
const common: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
  copy: '©',
  reg: '®',
  trade: '™',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  times: '×',
  deg: '°',
  rarr: '→',
  larr: '←',
}

/** `text` with its character references as the characters they name; unknown ones stay as written. */
export function decodeEntities(text: string, named: (name: string) => string | undefined): string {
  if (!text.includes('&')) return text
  return text.replace(
    /&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-zA-Z][a-zA-Z\d]{1,31}));/g,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (decimal) return character(Number.parseInt(decimal, 10))
      if (hex) return character(Number.parseInt(hex, 16))
      const key = name ?? ''
      return (Object.hasOwn(common, key) ? common[key] : named(key)) ?? whole
    },
  )
}

export async function loadEntities(): Promise<Readonly<Record<string, string>>> {
  return (await import('character-entities')).characterEntities
}

function character(code: number): string {
  const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff)
  return isCharacter ? String.fromCodePoint(code) : '\ufffd'
}
