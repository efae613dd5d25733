import { expect, it } from 'vitest'
import { newId } from '#contract/ids.ts'
import { momentsOf, readAuditQuery, wholeLog, writeAuditQuery } from './audit-query.ts'

it('says nothing of what goes without saying', () => {
  expect(writeAuditQuery(wholeLog)).toBe('')
  expect(readAuditQuery('')).toEqual(wholeLog)
})

it('comes back from an address as it was', () => {
  const query = {
    area: 'user',
    actor: { id: newId('user'), name: 'alice' },
    from: '2026-03-01',
    to: '2026-03-29',
  } as const
  expect(readAuditQuery(writeAuditQuery(query))).toEqual(query)
})

it.each(['area=weather', 'actor=usr_1&name=alice', 'from=yesterday', 'to=2026-3-1'])(
  'ignores %j, which means nothing',
  (query) => {
    expect(readAuditQuery(query)).toEqual(wholeLog)
  },
)

it('covers its days from their first to their last moment, where the reader is', () => {
  const { from = 0, to = 0 } = momentsOf({ ...wholeLog, from: '2026-03-28', to: '2026-03-29' })
  expect(new Date(from)).toEqual(new Date(2026, 2, 28))
  expect(new Date(to + 1)).toEqual(new Date(2026, 2, 30))
  expect(momentsOf(wholeLog)).toEqual({})
})
