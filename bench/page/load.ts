import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { setTimeout as sleep } from 'node:timers/promises'
import { atMost, type Figure } from '../figures.ts'
import { median } from '../samples.ts'
import type { Served } from './front.ts'
import { newestPaintedAt } from './opening.ts'
import { newestText, seedShort } from './seed-reading.ts'
import { onPageStage, type PageStage } from './stage.ts'

const rounds = 5

/** The first visit of a conversation: when something is painted, and what had to be loaded for it. */
export async function measureLoading(): Promise<Figure[]> {
  return onPageStage({}, async (stage) => {
    const [id = ''] = await seedShort(stage, 1)
    await visit(stage, id)
    const visits = []
    for (let round = 0; round < rounds; round++) visits.push(await visit(stage, id))
    const firstPaint = median(visits.map(({ firstPaintMs }) => firstPaintMs))
    const shift = Math.max(...visits.map(({ layoutShift }) => layoutShift))
    const { page, worker, rest } = visits[0]!.sizes
    return [
      {
        measure: 'first paint of a conversation, median',
        unit: 'ms',
        product: firstPaint,
        goal: atMost(firstPaint, 500),
        note: `its newest message after ${Math.round(median(visits.map(({ newestMs }) => newestMs)))} ms`,
      },
      { measure: '… layout shift, the most', unit: '', product: shift, goal: atMost(shift, 0) },
      {
        measure: 'JavaScript before the first message shows, gzip',
        unit: 'kB',
        product: page,
        goal: atMost(page, 160),
      },
      { measure: '… of the worker', unit: 'kB', product: worker, goal: atMost(worker, 110) },
      { measure: '… fonts and CSS', unit: 'kB', product: rest, goal: atMost(rest, 60) },
    ]
  })
}

async function visit(stage: PageStage, id: string) {
  const from = stage.served.length
  const { page, close } = await stage.open(`/main/${id}`)
  const newestMs = await page.evaluate(newestPaintedAt, newestText)
  const sizes = sizesOf(stage.served.slice(from))
  await sleep(1_000)
  const seen = await page.evaluate(() => ({
    firstPaintMs: performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? Infinity,
    layoutShift: window.bench.stop().layoutShift,
  }))
  await close()
  return { ...seen, newestMs, sizes }
}

function sizesOf(served: readonly Served[]) {
  const kilobytes = (wanted: (file: Served) => boolean) => {
    const paths = new Set(served.filter(wanted).map(({ path }) => path))
    const files = [...paths].map((path) => readFileSync(join('web/dist', path)))
    return files.reduce((sum, file) => sum + gzipSync(file).length, 0) / 1_000
  }
  const isScript = ({ path }: Served) => path.endsWith('.js')
  return {
    page: kilobytes((file) => isScript(file) && !file.byWorker),
    worker: kilobytes((file) => isScript(file) && file.byWorker),
    rest: kilobytes(({ path }) => /\.(css|woff2?|ttf)$/.test(path)),
  }
}
