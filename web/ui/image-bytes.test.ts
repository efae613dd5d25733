import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { imageTypeOf, mayMove, orientationOf } from './image-bytes.ts'

const bytesOf = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0))

describe('the type of an image', () => {
  it.each([
    ['\x89PNG\r\n\x1a\n…', 'image/png'],
    ['\xff\xd8\xff\xe0', 'image/jpeg'],
    ['GIF87a', 'image/gif'],
    ['GIF89a', 'image/gif'],
    ['RIFF\0\0\0\0WEBPVP8 ', 'image/webp'],
    ['RIFF\0\0\0\0WAVE', null],
    ['<svg xmlns', null],
    ['<!doctype html>', null],
    ['\x89PN', null],
    ['', null],
  ])('of %j is %s', (text, type) => expect(imageTypeOf(bytesOf(text))).toBe(type))
})

describe('an image that may move', () => {
  it.each([
    ['RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x02', 'image/webp', true],
    ['RIFF\0\0\0\0WEBPVP8X\x0a\0\0\0\x10', 'image/webp', false],
    ['RIFF\0\0\0\0WEBPVP8 \x0a\0\0\0\x02', 'image/webp', false],
    ['GIF89a', 'image/gif', true],
    ['\x89PNG\r\n\x1a\n', 'image/png', false],
  ] as const)('is known by its first bytes: %j', (text, type, moves) => {
    expect(mayMove(bytesOf(text), type)).toBe(moves)
  })
})

describe('the orientation of a JPEG', () => {
  const big = (orientation: number) =>
    `MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0${String.fromCharCode(orientation)}\0\0`
  const little = (orientation: number) =>
    `II\x2a\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0${String.fromCharCode(orientation)}\0\0\0`
  const jpeg = (tiff: string) =>
    bytesOf(`\xff\xd8\xff\xe0\0\x04JF\xff\xe1\0\x30Exif\0\0${tiff}\xff\xda\0\x02`)

  it.each([1, 3, 6, 8])('is read in either order of bytes: %i', (orientation) => {
    expect(orientationOf(jpeg(big(orientation)))).toBe(orientation)
    expect(orientationOf(jpeg(little(orientation)))).toBe(orientation)
  })

  it('is upright where nothing is said, or too little', () => {
    expect(orientationOf(bytesOf('\xff\xd8\xff\xda\0\x02'))).toBe(1)
    expect(orientationOf(jpeg(big(6)).slice(0, 30))).toBe(1)
  })

  it('is looked for in any bytes without an end or an error', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (noise) => {
        expect(orientationOf(Uint8Array.of(0xff, 0xd8, ...noise))).toBeTypeOf('number')
      }),
    )
  })
})
