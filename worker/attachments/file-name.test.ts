import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cleanName, inlineDisposition } from './file-name.ts'

it.each([
  ['holiday.png', 'holiday.png'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\pictures\\cat.png', 'cat.png'],
  ['a\r\nSet-Cookie: x=1.png', 'aSet-Cookie: x=1.png'],
  ['\u202egnp.lmth', 'gnp.lmth'],
  ['..', 'image'],
  ['', 'image'],
  ['照片.png', '照片.png'],
])('keeps of %j what may be shown: %j', (given, kept) => expect(cleanName(given)).toBe(kept))

it('keeps at most 200 characters and never half of one', () => {
  const name = cleanName('💩'.repeat(300))
  expect(Array.from(name)).toHaveLength(200)
  expect(name.isWellFormed()).toBe(true)
})

it('writes any name as a header that says the same', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (given) => {
      const name = cleanName(given)
      const header = inlineDisposition(name)
      expect(header).toMatch(/^[\x20-\x7e]+$/)
      const [, plain, encoded] = /^inline; filename="([^"\\]*)"; filename\*=UTF-8''(\S+)$/.exec(
        header,
      )!
      expect(plain).toHaveLength(name.length)
      expect(decodeURIComponent(encoded!)).toBe(name)
    }),
  )
})
