/** HTML that is safe as it stands. */
export class Html {
  constructor(readonly text: string) {}
}

type Piece = string | number | Html | null | false | undefined | readonly Piece[]

const entities: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** A template whose values are escaped, unless they are HTML already. Indentation is left out. */
export function html(fixed: TemplateStringsArray, ...pieces: Piece[]): Html {
  const texts = fixed.map((text) => text.replace(/\n\s*/g, '\n'))
  const rest = pieces.map((piece, index) => textOf(piece) + texts[index + 1])
  return new Html(texts[0] + rest.join(''))
}

function textOf(piece: Piece): string {
  if (piece === null || piece === undefined || piece === false) return ''
  if (piece instanceof Html) return piece.text
  if (typeof piece === 'string' || typeof piece === 'number') {
    return String(piece).replace(/[&<>"']/g, (sign) => entities[sign] ?? sign)
  }
  return piece.map(textOf).join('')
}
