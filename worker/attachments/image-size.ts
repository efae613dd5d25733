import type { ImageType } from '../contract/attachments.ts'

export interface ImageSize {
  width: number
  height: number
}

/** The type of an image by its first bytes, or null for anything that is not to be stored. */
export function imageTypeOf(bytes: Uint8Array): ImageType | null {
  if (startsWith(bytes, 0, '\x89PNG\r\n\x1a\n')) return 'image/png'
  if (startsWith(bytes, 0, '\xff\xd8\xff')) return 'image/jpeg'
  if (startsWith(bytes, 0, 'GIF87a') || startsWith(bytes, 0, 'GIF89a')) return 'image/gif'
  if (startsWith(bytes, 0, 'RIFF') && startsWith(bytes, 8, 'WEBP')) return 'image/webp'
  return null
}

/** Width and height as the header says, without decoding anything; null when it does not parse. */
export function imageSizeOf(type: ImageType, bytes: Uint8Array): ImageSize | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  try {
    const size = parsers[type](view, bytes)
    return size && size.width > 0 && size.height > 0 ? size : null
  } catch (error) {
    // Read past the end: the header is cut off.
    if (error instanceof RangeError) return null
    throw error
  }
}

const parsers: Record<ImageType, (view: DataView, bytes: Uint8Array) => ImageSize | null> = {
  'image/png': pngSize,
  'image/jpeg': jpegSize,
  'image/gif': gifSize,
  'image/webp': webpSize,
}

function pngSize(view: DataView, bytes: Uint8Array): ImageSize | null {
  if (view.getUint32(8) !== 13 || !startsWith(bytes, 12, 'IHDR')) return null
  const isKnownDepth = [1, 2, 4, 8, 16].includes(view.getUint8(24))
  const isKnownColour = [0, 2, 3, 4, 6].includes(view.getUint8(25))
  if (!isKnownDepth || !isKnownColour) return null
  return { width: view.getUint32(16), height: view.getUint32(20) }
}

/** The markers that begin a frame; C4, C8 and CC in their midst are tables. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)
}

function jpegSize(view: DataView): ImageSize | null {
  let at = 2
  for (;;) {
    if (view.getUint8(at) !== 0xff) return null
    const marker = view.getUint8(at + 1)
    // Any number of FF may stand before a marker.
    if (marker === 0xff) at++
    else if (isFrame(marker)) {
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) }
    } else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) at += 2
    // A scan or the end before any frame, or no marker at all.
    else if (marker === 0x00 || (marker >= 0xd8 && marker <= 0xda)) return null
    else {
      const length = view.getUint16(at + 2)
      if (length < 2) return null
      at += 2 + length
    }
  }
}

function gifSize(view: DataView): ImageSize | null {
  const packed = view.getUint8(10)
  const hasColours = (packed & 0x80) !== 0
  const firstBlock = view.getUint8(13 + (hasColours ? 3 * 2 ** ((packed & 7) + 1) : 0))
  // An extension or an image; nothing else begins a picture.
  if (firstBlock !== 0x21 && firstBlock !== 0x2c) return null
  return { width: view.getUint16(6, true), height: view.getUint16(8, true) }
}

function webpSize(view: DataView, bytes: Uint8Array): ImageSize | null {
  if (startsWith(bytes, 12, 'VP8 ')) {
    if (!startsWith(bytes, 23, '\x9d\x01\x2a')) return null
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff }
  }
  if (startsWith(bytes, 12, 'VP8L')) {
    if (view.getUint8(20) !== 0x2f) return null
    const bits = view.getUint32(21, true)
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 }
  }
  if (startsWith(bytes, 12, 'VP8X')) {
    return { width: uint24(view, 24) + 1, height: uint24(view, 27) + 1 }
  }
  return null
}

function uint24(view: DataView, at: number): number {
  return view.getUint16(at, true) + view.getUint8(at + 2) * 65_536
}

function startsWith(bytes: Uint8Array, at: number, text: string): boolean {
  for (let index = 0; index < text.length; index++) {
    if (bytes[at + index] !== text.charCodeAt(index)) return false
  }
  return true
}
