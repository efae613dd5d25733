import * as z from 'zod/mini'

/** A page of a list; `nextCursor` is opaque and null at the end. */
export function listOf<Item extends z.ZodMiniType>(item: Item) {
  return z.object({ items: z.array(item), nextCursor: z.nullable(z.string()) })
}

/** Query parameters are text, so numbers are read from their decimal form. */
export function queryInt(min: number, max: number) {
  return z.pipe(
    z.string().check(z.regex(/^\d{1,9}$/, 'Must be a whole number.')),
    z.pipe(z.transform(Number), z.int().check(z.gte(min), z.lte(max))),
  )
}

export const listQuery = {
  cursor: z.optional(z.string().check(z.maxLength(400))),
  limit: z.optional(queryInt(1, 100)),
}
export const listLimitDefault = 30
