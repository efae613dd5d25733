import { spreadOf } from '../samples.ts'
import type { Door, DoorName } from './stage.ts'

/** What each door showed. */
export type PerDoor<T> = Partial<Record<DoorName, T>>

/** Lets the doors take turns, `rounds` times, and gathers what each turn yields. */
export async function inTurns<T>(
  doors: readonly Door[],
  rounds: number,
  turn: (door: Door, round: number) => Promise<T>,
): Promise<PerDoor<T[]>> {
  const yielded: PerDoor<T[]> = {}
  for (let round = 0; round < rounds; round++) {
    // Whoever is first in one round is last in the next: a machine's mood changes slowly.
    for (const door of round % 2 === 0 ? doors : doors.toReversed()) {
      ;(yielded[door.name] ??= []).push(await turn(door, round))
    }
  }
  return yielded
}

export function mapDoors<A, B>(values: PerDoor<A>, change: (value: A) => B): PerDoor<B> {
  const entries = Object.entries(values) as [DoorName, A][]
  return Object.fromEntries(entries.map(([name, value]) => [name, change(value)])) as PerDoor<B>
}

/** Median and 99th percentile of each door. */
export function spreads(values: PerDoor<readonly number[]>): PerDoor<number[]> {
  return mapDoors(values, (samples) => {
    const { p50, p99 } = spreadOf(samples)
    return [p50, p99]
  })
}

/** The columns of a figure; the product's is never missing. */
export function columnsOf<T>(values: PerDoor<T>): PerDoor<T> & { product: T } {
  const { product } = values
  if (product === undefined) throw new Error('The product was not measured.')
  return { ...values, product }
}

/** What each door adds to the direct answer's median. */
export function added(
  values: PerDoor<readonly number[]>,
): PerDoor<number[]> & { product: number[] } {
  const direct = spreads(values).direct?.[0] ?? 0
  const { direct: _, ...others } = spreads(values)
  return columnsOf(mapDoors(others, (pair) => pair.map((value) => value - direct)))
}
