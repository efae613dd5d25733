import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joinNeighbours } from './join-neighbours.ts'
import type { PromptImage, Turn } from './provider.ts'

const text = fc.constantFrom('', 'a', 'b', 'a\n\nb')
const image = fc.record<PromptImage>({
  mediaType: fc.constantFrom('image/png', 'image/jpeg'),
  base64: fc.constantFrom('QUJD', 'REVG', 'R0hJ'),
})
const call = fc.record({ id: fc.constantFrom('c1', 'c2'), name: text, arguments: text })
const turn: fc.Arbitrary<Turn> = fc.oneof(
  fc.record(
    { role: fc.constant('user' as const), text, images: fc.array(image, { maxLength: 2 }) },
    { requiredKeys: ['role', 'text'] },
  ),
  fc.record(
    {
      role: fc.constant('assistant' as const),
      text,
      toolCalls: fc.array(call, { maxLength: 2 }),
    },
    { requiredKeys: ['role', 'text'] },
  ),
  fc.record({ role: fc.constant('tool' as const), callId: text, name: text, text }),
)
const turns = fc.array(turn, { maxLength: 8 })

const isPlain = (each: Turn) =>
  each.role === 'user' || (each.role === 'assistant' && !each.toolCalls?.length)
const imagesOf = (each: Turn) => (each.role === 'user' ? (each.images ?? []) : [])
/** Everything said by one role, in its order, whatever turns it is spread over. */
const saidBy = (role: Turn['role'], given: readonly Turn[]) =>
  given
    .filter((each) => each.role === role && each.text !== '')
    .map((each) => each.text)
    .join('\n\n')

describe('turns with their neighbours joined', () => {
  it('keep every text and picture, in order', () => {
    fc.assert(
      fc.property(turns, (given) => {
        const joined = joinNeighbours(given)
        for (const role of ['user', 'assistant', 'tool'] as const) {
          expect(saidBy(role, joined)).toBe(saidBy(role, given))
        }
        expect(joined.flatMap(imagesOf)).toEqual(given.flatMap(imagesOf))
        const roles = (some: readonly Turn[]) =>
          some.map(({ role }) => role).filter((role, index, all) => role !== all[index - 1])
        expect(roles(joined)).toEqual(roles(given))
      }),
    )
  })

  it('have no two plain ones of one role side by side', () => {
    fc.assert(
      fc.property(turns, (given) => {
        const joined = joinNeighbours(given)
        const pairs = joined.slice(1).map((each, index) => [joined[index], each] as const)
        for (const [one, next] of pairs) {
          expect(one && isPlain(one) && isPlain(next) && one.role === next.role).toBe(false)
        }
      }),
    )
  })

  it('leave what belongs to tool calls as it is, and what was given untouched', () => {
    fc.assert(
      fc.property(turns, (given) => {
        const before = structuredClone(given)
        const joined = joinNeighbours(given)
        const ofTools = (some: readonly Turn[]) => some.filter((each) => !isPlain(each))
        expect(ofTools(joined)).toEqual(ofTools(given))
        expect(given).toEqual(before)
        expect(joinNeighbours(joined)).toEqual(joined)
      }),
    )
  })

  it('are parted by a blank line, where both say something', () => {
    const user = (said: string): Turn => ({ role: 'user', text: said })
    expect(joinNeighbours([user('a'), user(''), user('b')])).toEqual([user('a\n\nb')])
  })
})
