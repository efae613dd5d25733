import * as z from 'zod/mini'

/** One line of text; what cannot be seen has no place in a name. */
export function visibleText(lengthMax: number) {
  return z
    .string()
    .check(
      z.trim(),
      z.minLength(1),
      z.maxLength(lengthMax),
      z.regex(/^\P{C}*$/u, 'Visible characters only.'),
    )
}
