import { setTimeout as sleep } from 'node:timers/promises'
import { atMost, type Figure } from '../figures.ts'
import { readAnswer } from './answer.ts'
import { newKey } from './load.ts'
import { added, columnsOf, inTurns, spreads } from './perform.ts'
import { onStage } from './stage.ts'

const model = 'tokens:20'
const rounds = 150
const restRounds = 12
/** Longer than the product trusts what it has read of settings and sessions. */
const restMs = 3_000

/** Time to the first token when nothing else is going on. */
export async function measureAlone(): Promise<Figure[]> {
  return onStage([model], async ({ doors }) => {
    const first = (door: (typeof doors)[number]) =>
      readAnswer(door.ask(model, newKey())).then(({ startedAt, firstAt }) => firstAt - startedAt)
    for (let index = 0; index < 20; index++) for (const door of doors) await first(door)
    const samples = await inTurns(doors, rounds, first)
    const rested = await inTurns(doors, restRounds, async (door) => {
      if (door.name === 'product') await sleep(restMs)
      return first(door)
    })
    const product = added(samples).product
    return [
      { measure: 'first token, k=1, p50 / p99', unit: 'ms', ...columnsOf(spreads(samples)) },
      {
        measure: '… added to the direct answer',
        unit: 'ms',
        ...added(samples),
        goal: atMost(product, [15, 40]),
        note: 'stretch 8 / 25',
      },
      {
        measure: '… after three seconds of silence, p50',
        unit: 'ms',
        ...columnsOf(spreads(rested)),
      },
    ]
  })
}
