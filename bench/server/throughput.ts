import { atLeast, type Figure } from '../figures.ts'
import { median } from '../samples.ts'
import { readAnswer } from './answer.ts'
import { newKey } from './load.ts'
import { columnsOf, inTurns, mapDoors } from './perform.ts'
import { onStage, type Door } from './stage.ts'

const tokens = 30_000
export const atOnce = 16
const rounds = 2
export const fastModel = `tokens:${tokens}`

/** Tokens per second when the upstream is as fast as it can be, in answers so long that it counts. */
export async function measureThroughput(): Promise<Figure[]> {
  return onStage([fastModel], async ({ doors }) => {
    for (const door of doors) await readAnswer(door.ask(fastModel, newKey()))
    const results = await inTurns(doors, rounds, tokensPerSecond)
    const rates = columnsOf(mapDoors(results, median))
    const ratio = rates.product / (rates.object ?? Number.NaN)
    return [
      {
        measure: `tokens per second, ${atOnce} answers`,
        unit: 'tok/s',
        ...rates,
        goal: atLeast(ratio, 0.8, ' × object'),
        note: `${ratio.toFixed(2)} × the object's, median of ${rounds}`,
      },
    ]
  })
}

/** How many came, through all answers together. */
export async function tokensPerSecond(door: Door): Promise<number> {
  const startedAt = performance.now()
  const asked = Array.from({ length: atOnce }, () => readAnswer(door.ask(fastModel, newKey())))
  await Promise.all(asked)
  return ((atOnce * tokens) / (performance.now() - startedAt)) * 1_000
}
