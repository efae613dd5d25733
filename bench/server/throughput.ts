import { atLeast, type Figure } from '../figures.ts'
import { median } from '../samples.ts'
import { readAnswer } from './answer.ts'
import { newKey } from './load.ts'
import { columnsOf, inTurns, mapDoors } from './perform.ts'
import { onStage } from './stage.ts'

const tokens = 30_000
const answers = 16
const rounds = 2
const model = `tokens:${tokens}`

/** Tokens per second when the upstream is as fast as it can be, in answers so long that it counts. */
export async function measureThroughput(): Promise<Figure[]> {
  return onStage([model], async ({ doors }) => {
    for (const door of doors) await readAnswer(door.ask(model, newKey()))
    const results = await inTurns(doors, rounds, async (door) => {
      const startedAt = performance.now()
      const asked = Array.from({ length: answers }, () => readAnswer(door.ask(model, newKey())))
      await Promise.all(asked)
      return ((answers * tokens) / (performance.now() - startedAt)) * 1_000
    })
    const rates = columnsOf(mapDoors(results, median))
    const ratio = rates.product / (rates.object ?? Number.NaN)
    return [
      {
        measure: `tokens per second, ${answers} answers`,
        unit: 'tok/s',
        ...rates,
        goal: atLeast(ratio, 0.8, ' × object'),
        note: `${ratio.toFixed(2)} × the object's, median of ${rounds}`,
      },
    ]
  })
}
