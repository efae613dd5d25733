import type { Figure } from '../figures.ts'
import { readAnswer } from './answer.ts'
import { newKey } from './load.ts'
import { columnsOf, inTurns, mapDoors, spreads } from './perform.ts'
import { onStage } from './stage.ts'

const model = 'pace:20:50'
const atOnce = 50
const rounds = 3

/** Fifty answers begun in the same instant. The product promises nothing for it. */
export async function measureBurst(): Promise<Figure[]> {
  return onStage([model], async ({ doors }) => {
    const burst = (door: (typeof doors)[number], count: number) =>
      Promise.all(
        Array.from({ length: count }, () =>
          readAnswer(door.ask(model, newKey())).then((answer) => answer.firstAt - answer.startedAt),
        ),
      )
    for (const door of doors) await burst(door, 10)
    const results = await inTurns(doors, rounds, (door) => burst(door, atOnce))
    const samples = mapDoors(results, (bursts) => bursts.flat())
    return [
      {
        measure: `first token, ${atOnce} begun at the same instant, p50 / p99`,
        unit: 'ms',
        ...columnsOf(spreads(samples)),
      },
    ]
  })
}
