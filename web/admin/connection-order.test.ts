import fc from 'fast-check'
import { expect, it } from 'vitest'
import { newId } from '#contract/ids.ts'
import { movedBy, orderBehind, orderChanges } from './connection-order.ts'

const withOrders = (...orders: number[]) =>
  orders.map((order) => ({ id: newId('connection'), order }))

it('moves by one place, and not beyond an end', () => {
  expect(movedBy(['a', 'b', 'c'], 1, -1)).toEqual(['b', 'a', 'c'])
  expect(movedBy(['a', 'b', 'c'], 1, 1)).toEqual(['a', 'c', 'b'])
  expect(movedBy(['a', 'b'], 0, -1)).toEqual(['a', 'b'])
  expect(movedBy(['a', 'b'], 1, 1)).toEqual(['a', 'b'])
})

it('changes the moved one alone where its neighbours leave room', () => {
  const [a, b, c] = withOrders(100, 200, 300) as [Item, Item, Item]
  expect(orderChanges([a, c, b], 1)).toEqual([{ id: c.id, order: 150 }])
})

it('numbers all of them anew where several have the same number', () => {
  const [a, b] = withOrders(0, 0) as [Item, Item]
  expect(orderChanges([b, a], 0)).toEqual([
    { id: b.id, order: 100 },
    { id: a.id, order: 200 },
  ])
})

it('puts one more behind all there are', () => {
  expect(orderBehind([])).toBe(100)
  expect(orderBehind(withOrders(100, 350))).toBe(450)
  expect(orderBehind(withOrders(9_990))).toBe(10_000)
})

it('always leads to the order that was asked for, within what the server takes', () => {
  const orders = fc.array(fc.integer({ min: 0, max: 10_000 }), { minLength: 2, maxLength: 150 })
  fc.assert(
    fc.property(orders, fc.nat(), fc.constantFrom(1 as const, -1 as const), (given, seed, step) => {
      const items = withOrders(...given.toSorted((a, b) => a - b))
      const from = seed % items.length
      const to = Math.max(0, Math.min(items.length - 1, from + step))
      const wanted = movedBy(items, from, step)

      const changes = new Map(orderChanges(wanted, to).map(({ id, order }) => [id, order]))
      const result = wanted.map(({ id, order }) => changes.get(id) ?? order)

      expect(result.every((order, at) => at === 0 || order > (result[at - 1] ?? 0))).toBe(true)
      expect(Math.min(...result)).toBeGreaterThanOrEqual(0)
      expect(Math.max(...result)).toBeLessThanOrEqual(10_000)
    }),
  )
})

type Item = ReturnType<typeof withOrders>[number]
