import type { Id } from '../../worker/contract/ids.ts'
import { longConversation, seedConversation } from './seed.ts'
import type { PageStage } from './stage.ts'

/** The newest message ends with this, so that the page can be watched for it. */
export const newestText = 'Here the newest message ends.'

/** A conversation of two thousand messages. */
export function seedLong(stage: PageStage): Promise<Id<'conversation'>> {
  return seed(stage, 'Two thousand messages', longConversation(), 1)
}

/** Conversations of sixty messages each. */
export async function seedShort(stage: PageStage, count: number): Promise<Id<'conversation'>[]> {
  const lines = longConversation()
  const ids: Id<'conversation'>[] = []
  for (let index = 0; index < count; index++) {
    const part = lines.slice(index * 60, (index + 1) * 60)
    ids.push(await seed(stage, `Sixty messages, number ${index + 1}`, part, index + 2))
  }
  return ids
}

function seed(
  { runtime, ownerId }: PageStage,
  title: string,
  lines: ReturnType<typeof longConversation>,
  order: number,
): Promise<Id<'conversation'>> {
  const last = lines.at(-1)!
  const ended = [...lines.slice(0, -1), { ...last, content: `${last.content}\n\n${newestText}` }]
  return seedConversation(runtime.miniflare, { ownerId, title, lines: ended, order })
}
