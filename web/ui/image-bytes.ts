import type { ImageType } from '#contract/attachments.ts'

/** So much of a file tells all that is asked here. */
export const headBytes = 64 * 1024

/** What an image is, by its first bytes; null for everything that cannot be sent. */
export function imageTypeOf(head: Uint8Array): ImageType | null {
  if (startsWith(head, '\x89PNG\r\n\x1a\n')) return 'image/png'
  if (startsWith(head, '\xff\xd8\xff')) return 'image/jpeg'
  if (startsWith(head, 'GIF87a') || startsWith(head, 'GIF89a')) return 'image/gif'
  if (startsWith(head, 'RIFF') && startsWith(head, 'WEBP', 8)) return 'image/webp'
  return null
}

/** Whether drawing the image once would lose the rest of it. */
export function mayMove(head: Uint8Array, type: ImageType): boolean {
  if (type === 'image/gif') return true
  const animationFlag = 0x02
  return (
    type === 'image/webp' && startsWith(head, 'VP8X', 12) && ((head[20] ?? 0) & animationFlag) !== 0
  )
}

const exifMarker = 0xe1
const scanMarker = 0xda
const orientationTag = 0x0112

/** How a JPEG says that it has to be turned (1: not at all), by its EXIF data. */
export function orientationOf(head: Uint8Array): number {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  try {
    for (let at = 2; view.getUint8(at) === 0xff; at += 2 + view.getUint16(at + 2)) {
      const marker = view.getUint8(at + 1)
      if (marker === scanMarker) break
      if (marker === exifMarker && startsWith(head, 'Exif\0\0', at + 4)) {
        return orientationIn(view, at + 10)
      }
    }
  } catch (error) {
    // It ends earlier than it says.
    if (!(error instanceof RangeError)) throw error
  }
  return 1
}

/** The tag in the first directory of the TIFF data at `start`. */
function orientationIn(view: DataView, start: number): number {
  const isLittle = view.getUint16(start) === 0x4949
  const directory = start + view.getUint32(start + 4, isLittle)
  const count = view.getUint16(directory, isLittle)
  for (let index = 0; index < count; index++) {
    const entry = directory + 2 + index * 12
    if (view.getUint16(entry, isLittle) === orientationTag)
      return view.getUint16(entry + 8, isLittle)
  }
  return 1
}

function startsWith(bytes: Uint8Array, text: string, at = 0): boolean {
  return Array.from(text).every((character, index) => bytes[at + index] === character.charCodeAt(0))
}
