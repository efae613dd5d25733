import { imageTypes } from '../contract/image-limits.ts'
import type { PromptImage } from '../providers/provider.ts'
import type { ChatBody } from './chat-completions/chat-body.ts'
import { invalidField } from './field-faults.ts'

/** Images that were fetched, by the address the call gives. */
export type Images = Pick<ReadonlyMap<string, PromptImage>, 'get'>

/** For whoever only looks whether a call is right: there is one at every address. */
export const anyImage: Images = { get: () => ({ mediaType: 'image/png', base64: '' }) }

/** The addresses of the images a call does not bring along, each once. */
export function imageUrlsIn({ messages }: ChatBody): string[] {
  const urls = messages.flatMap((message) => {
    if (message.role !== 'user' || typeof message.content === 'string') return []
    return message.content.flatMap((part) =>
      part.type === 'image_url' ? [part.image_url.url] : [],
    )
  })
  return [...new Set(urls.filter((url) => !isDataUrl(url)))]
}

/** The image at an address; `path` is where the call gives it. */
export function imageAt(url: string, path: string, known: Images): PromptImage {
  const image = isDataUrl(url) ? imageIn(url) : known.get(url)
  if (image) return image
  const message = isDataUrl(url)
    ? 'Invalid image. Expected base64 of a PNG, JPEG, WebP or GIF image in a data URL.'
    : 'Invalid image. It could not be had from this address.'
  throw invalidField(path, message)
}

const isDataUrl = (url: string) => /^data:/i.test(url)

function imageIn(url: string): PromptImage | null {
  const comma = url.indexOf(',')
  const [type, ...parameters] = url.slice('data:'.length, comma).toLowerCase().split(';')
  const mediaType = imageTypes.find((each) => each === (type === 'image/jpg' ? 'image/jpeg' : type))
  if (comma === -1 || !mediaType || parameters.at(-1) !== 'base64') return null
  const base64 = url.slice(comma + 1)
  return /^[A-Za-z0-9+/]+={0,2}$/.test(base64) ? { mediaType, base64 } : null
}
