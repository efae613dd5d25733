import type { Connection } from '#contract/connections.ts'

type Ordered = Pick<Connection, 'id' | 'order'>

const orderMax = 10_000
const gap = 100

/** `items` with the one at `from` moved by one place; the same where there is no such place. */
export function movedBy<Item>(items: readonly Item[], from: number, step: 1 | -1): Item[] {
  const to = from + step
  const moved = [...items]
  const [item] = moved.splice(from, 1)
  if (item === undefined || to < 0 || to >= items.length) return [...items]
  moved.splice(to, 0, item)
  return moved
}

/** The number of one more connection, behind all there are. */
export function orderBehind(items: readonly Ordered[]): number {
  return Math.min(orderMax, Math.max(0, ...items.map(({ order }) => order)) + gap)
}

/**
 * The fewest new numbers with which the connections stand as they do in `items`: one for the one
 * at `moved` where its neighbours leave room, else all of them, with gaps.
 */
export function orderChanges(items: readonly Ordered[], moved: number): Ordered[] {
  const order = orderBetween(items[moved - 1], items[moved + 1])
  const changed = items.map((item, at) => (at === moved ? order : item.order))
  if (order !== null && isRising(changed)) return changesTo(items, changed)
  const step = Math.min(gap, Math.floor(orderMax / items.length))
  return changesTo(
    items,
    items.map((_, at) => (at + 1) * step),
  )
}

function orderBetween(before: Ordered | undefined, after: Ordered | undefined): number | null {
  const low = before?.order ?? -1
  const high = after?.order ?? Math.min(low + 2 * gap, orderMax + 1)
  const middle = Math.floor((low + high) / 2)
  return middle > low && middle < high ? middle : null
}

function isRising(orders: readonly (number | null)[]): boolean {
  return orders.every((order, at) => at === 0 || Number(order) > Number(orders[at - 1]))
}

function changesTo(items: readonly Ordered[], orders: readonly (number | null)[]): Ordered[] {
  return items.flatMap(({ id, order }, at) => {
    const next = orders[at] ?? order
    return next === order ? [] : [{ id, order: next }]
  })
}
