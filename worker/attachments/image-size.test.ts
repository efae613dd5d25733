import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { imageTypes } from '../contract/image-limits.ts'
import { checkImage } from './check-image.ts'
import { imageSizeOf, imageTypeOf } from './image-size.ts'
import { gif, jpeg, png, webp } from './tiny-images.ts'

const text = (value: string) => new TextEncoder().encode(value)
const code = (bytes: Uint8Array, bytesMax?: number) => {
  try {
    return checkImage(bytes, bytesMax)
  } catch (fault) {
    return (fault as { code?: string }).code
  }
}

describe('the size of an image', () => {
  it.each([
    ['png', png(3_000, 17), 'image/png'],
    ['gif', gif(3_000, 17), 'image/gif'],
    ['lossy webp', webp('VP8 ', 3_000, 17), 'image/webp'],
    ['lossless webp', webp('VP8L', 3_000, 17), 'image/webp'],
    ['extended webp', webp('VP8X', 3_000, 17), 'image/webp'],
    ['jpeg behind a comment', jpeg(3_000, 17), 'image/jpeg'],
  ])('is read from the header of a %s', (_, bytes, mediaType) => {
    expect(checkImage(bytes)).toEqual({ mediaType, width: 3_000, height: 17 })
  })

  it.each([0xc0, 0xc1, 0xc2, 0xc3, 0xc5, 0xc6, 0xc7, 0xc9, 0xca, 0xcb, 0xcd, 0xce, 0xcf])(
    'is in a jpeg frame of kind %i',
    (marker) => {
      expect(imageSizeOf('image/jpeg', jpeg(640, 480, marker))).toEqual({ width: 640, height: 480 })
    },
  )

  it.each([0xc4, 0xc8, 0xcc, 0xda, 0xd9, 0x00])('is not in a jpeg segment %i', (marker) => {
    expect(imageSizeOf('image/jpeg', jpeg(640, 480, marker))).toBeNull()
  })

  it('may be as long as the longest edge allowed, and no longer', () => {
    expect(checkImage(png(8_192, 1))).toMatchObject({ width: 8_192 })
    expect(code(png(8_193, 1))).toBe('attachment_dimensions')
    expect(code(webp('VP8X', 1, 8_193))).toBe('attachment_dimensions')
  })

  it.each([
    ['no width', png(0, 1)],
    ['no height', jpeg(1, 0)],
    ['no IHDR', Uint8Array.of(...png().slice(0, 8), ...text('<html><body>'))],
    ['no block after its colours', gif(1, 1, 0x3c)],
    ['half a header', png().slice(0, 20)],
  ])('is refused with %s', (_, bytes) => expect(code(bytes)).toBe('attachment_dimensions'))
})

describe('the type of an image', () => {
  it.each([
    '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    '<!doctype html><script>alert(1)</script>',
    'BM',
    '%PDF-1.7',
    'GIF88a',
    'RIFF....WAVE',
    '',
  ])('is none of the four for %j', (content) => {
    expect(code(text(content))).toBe('attachment_type')
  })

  it('is asked only of what is small enough', () => {
    expect(code(png(), 10)).toBe('attachment_too_large')
  })
})

it('never throws, whatever the bytes are', () => {
  const heads = [png(), jpeg(), gif(), webp('VP8 '), webp('VP8L'), webp('VP8X')]
  const damaged = fc
    .tuple(fc.constantFrom(...heads), fc.nat(60), fc.uint8Array({ maxLength: 80 }))
    .map(([head, length, rest]) => Uint8Array.of(...head.slice(0, length), ...rest))
  fc.assert(
    fc.property(fc.oneof(damaged, fc.uint8Array({ maxLength: 200 })), (bytes) => {
      imageTypeOf(bytes)
      const edges = imageTypes
        .map((type) => imageSizeOf(type, bytes))
        .flatMap((size) => (size ? [size.width, size.height] : []))
      expect(edges.every((edge) => edge > 0)).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})
