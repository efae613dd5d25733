import { setTimeout as sleep } from 'node:timers/promises'
import { atMost, type Figure } from '../figures.ts'
import { median } from '../samples.ts'
import { openByLink } from './opening.ts'
import { seedLong } from './seed-reading.ts'
import { onPageStage, type PageStage } from './stage.ts'
import { watching, type Watched } from './watch-page.ts'

const rounds = 5

/** Opening a conversation of two thousand messages, as one does: by a click in the sidebar. */
export async function measureOpening(): Promise<Figure[]> {
  return onPageStage({}, async (stage) => {
    const id = await seedLong(stage)
    const openings: Awaited<ReturnType<typeof openOnce>>[] = []
    for (let round = 0; round < rounds; round++) openings.push(await openOnce(stage, id))
    const worst = (pick: (opening: (typeof openings)[number]) => number) =>
      Math.max(...openings.map(pick))
    const afterData = median(openings.map(({ afterDataMs }) => afterDataMs))
    const nodes = worst((opening) => opening.nodes)
    const blocking = median(openings.map(({ watched }) => watched.blockingMs))
    return [
      {
        measure: 'open 2,000 messages: newest painted after its data, median',
        unit: 'ms',
        product: afterData,
        goal: atMost(afterData, 250),
      },
      { measure: '… DOM nodes in the thread', unit: '', product: nodes, goal: atMost(nodes, 600) },
      {
        measure: '… blocking time, median',
        unit: 'ms',
        product: blocking,
        goal: atMost(blocking, 50),
      },
    ]
  })
}

async function openOnce(stage: PageStage, id: string) {
  const { page, close } = await stage.open('/main')
  await page.locator(`a[href="/main/${id}"]`).waitFor()
  await sleep(500)
  let opened = { afterDataMs: Number.NaN, nodes: Number.NaN }
  const watched: Watched = await watching(page, async () => {
    opened = await openByLink(page, id)
    await sleep(500)
  })
  await close()
  return { ...opened, watched }
}
