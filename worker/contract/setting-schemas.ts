import * as z from 'zod/mini'
import { idSchema } from './ids.ts'
import { isTimeZone } from './time-zone.ts'

/**
 * What the values of settings are made of. A `format` tells a page what a text is, so that it can
 * offer more than a field for text.
 */

export const int = (min: number, max: number) => z.int().check(z.gte(min), z.lte(max))
export const limit = (min: number, max: number) => z.nullable(int(min, max))
export const text = (max: number) => z.string().check(z.maxLength(max))

export const timeZone = z
  .string()
  .check(z.maxLength(64), z.refine(isTimeZone, 'Not a time zone.'))
  .register(z.globalRegistry, { format: 'time-zone' })

export const colour = z
  .string()
  .check(z.regex(/^#[0-9a-f]{6}$/i, 'A colour like #2563eb.'))
  .register(z.globalRegistry, { format: 'color' })

/** One of the models, or none. */
export const modelId = z
  .nullable(idSchema('model'))
  .register(z.globalRegistry, { format: 'model-id' })

const host = String.raw`(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])(?::\d{1,5})?`

/** Scheme, host and port of an address; '' leaves it to where the request came to. */
export const origin = text(200).check(
  z.regex(
    new RegExp(`^(?:https?://${host})?$`),
    'An address like https://images.example.org, without a path.',
  ),
)

const someOrigin = text(200).check(
  z.regex(
    new RegExp(`^https?://${host}$`),
    'An address like https://app.example.org, without a path.',
  ),
)
/** Every origin, or those of a list. */
export const origins = z.union([z.literal('*'), z.array(someOrigin).check(z.maxLength(50))])

/** The address of a server, or ''. */
export const url = text(200).check(
  z.regex(
    new RegExp(`^(?:https?://${host}(?:/[^\\s?#]*)?)?$`, 'i'),
    'An address like https://search.example.org, without a query.',
  ),
)

const label = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?'
const hostName = text(253).check(
  z.regex(new RegExp(`^${label}(?:\\.${label})*$`, 'i'), 'A host name like example.org.'),
)
export const hostNames = z.array(hostName).check(z.maxLength(50))

const tag = z.string().check(z.minLength(1), z.maxLength(40))
/** What stands before and after reasoning in a reply. */
export const tagPairs = z.array(z.tuple([tag, tag])).check(z.maxLength(8))

/** A choice of several in an order, each once. */
export function orderOf<const Options extends readonly string[]>(options: Options) {
  return z.array(z.enum(options)).check(
    z.maxLength(options.length - 1),
    z.refine((chosen) => new Set(chosen).size === chosen.length, 'Each at most once.'),
  )
}

/** What a key to somebody's service looks like; it goes into a header, so nothing else may be in it. */
export const secretText = z
  .string()
  .check(
    z.trim(),
    z.minLength(1),
    z.maxLength(300),
    z.regex(/^[\x20-\x7e]+$/, 'Printable characters only.'),
  )
