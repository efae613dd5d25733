import { env } from 'cloudflare:workers'
import { describe, expect, it } from 'vitest'
import { insertUser } from './accounts/users.ts'
import { signedIn } from './authorisation-actors.ts'
import { newAccount } from './test-accounts.ts'
import { settleGeneration } from './chat/settle-generation.ts'
import { newId, type Id } from './contract/ids.ts'
import {
  callsAbout,
  connectModels,
  newSend,
  openInstallation,
  readFrames,
  until,
} from './test-client.ts'

const rounds = Array.from({ length: 50 }, (_, round) => round)

async function usedBy(userId: string): Promise<number | null> {
  const row = await env.DB.prepare(`select messages from quota_usage where subject = ?1`)
    .bind(`user:${userId}`)
    .first<{ messages: number }>()
  return row?.messages ?? null
}

it('makes one administrator of those who are first at the same moment', async () => {
  for (const round of rounds) {
    await env.DB.batch([
      env.DB.prepare('delete from sessions'),
      env.DB.prepare('delete from users'),
      env.DB.prepare('delete from quota_usage'),
    ])
    const names = Array.from({ length: 20 }, (_, index) => `first_${round}_${index}`)
    // Below the route, which spends most of its time on the password.
    await Promise.all(
      names.map((username) =>
        insertUser(env, {
          id: newId('user'),
          username,
          passwordHash: '',
          note: null,
          state: 'pending',
          now: Date.now(),
        }),
      ),
    )
    const { results } = await env.DB.prepare(
      `select role || ' ' || state as what from users order by role`,
    ).all<{ what: string }>()
    expect(results.map(({ what }) => what)).toEqual([
      'admin active',
      ...Array<string>(19).fill('user pending'),
    ])
  }
})

describe('messages at the same moment', () => {
  let models: Promise<Id<'model'>[]> | null = null
  async function modelsOnce(): Promise<Id<'model'>[]> {
    models ??= (async () => {
      await env.DB.batch([
        env.DB.prepare('delete from sessions'),
        env.DB.prepare('delete from users'),
      ])
      const admin = await openInstallation({
        'chat.concurrentRepliesMax': null,
        'quota.user.messagesPerDay': 3,
      })
      return connectModels(admin, ['echo', 'status:400'])
    })()
    return models
  }

  async function newUser() {
    const { id } = await newAccount('user')
    return { id, client: (await signedIn(id)).client }
  }

  it('find exactly the room there is', async () => {
    const [echo] = (await modelsOnce()) as [Id<'model'>]
    for (const round of rounds) {
      const { id, client } = await newUser()
      const replies = await Promise.all(Array.from({ length: 6 }, () => client.send(newSend(echo))))
      const accepted = replies.filter(({ status }) => status === 200)
      const refused = await Promise.all(
        replies
          .filter(({ status }) => status !== 200)
          .map(async (reply) => (await reply.json<{ code: string }>()).code),
      )
      await Promise.all(accepted.map((reply) => readFrames(reply)))
      expect([accepted.length, ...new Set(refused), refused.length]).toEqual([
        3,
        'quota_exceeded',
        3,
      ])
      expect(await usedBy(id), `round ${round}`).toBe(3)
      const { results } = await env.DB.prepare(
        `select count(*) as messages from messages where conversation_id in (
           select id from conversations where owner_id = ?1)`,
      )
        .bind(id)
        .all<{ messages: number }>()
      expect(results).toEqual([{ messages: 6 }])
    }
  })

  it('with the same ids are one generation, one call and one unit', async () => {
    const [echo] = (await modelsOnce()) as [Id<'model'>]
    for (const round of rounds) {
      const { id, client } = await newUser()
      const send = newSend(echo, `Twice ${round} of ${id}`)
      const replies = await Promise.all([client.send(send), client.send(send), client.send(send)])
      expect(replies.map(({ status }) => status)).toEqual([200, 200, 200])
      const streams = await Promise.all(replies.map((reply) => readFrames(reply)))
      const ids = streams.map((frames) => frames.flatMap(({ id: seq }) => seq ?? []))
      expect(ids[1]).toEqual(ids[0])
      expect(ids[2]).toEqual(ids[0])
      expect(await callsAbout(`Twice ${round} of ${id}`)).toHaveLength(1)
      expect(await usedBy(id)).toBe(1)
    }
  })

  it('that come to nothing give their unit back once, however often they are settled', async () => {
    const [, refusing] = (await modelsOnce()) as [Id<'model'>, Id<'model'>]
    for (const round of rounds) {
      const { id, client } = await newUser()
      const kept = newSend(refusing)
      // A unit of another message, which must stay.
      await env.DB.prepare(
        `insert into quota_usage (subject, day, messages, tokens) values (?1, ?2, 1, 0)`,
      )
        .bind(`user:${id}`, new Date().toISOString().slice(0, 10))
        .run()
      await readFrames(await client.send(kept))
      await until(async () => (await usedBy(id)) === 1)
      const usage = {
        inputTokens: null,
        outputTokens: null,
        reasoningTokens: null,
        cachedTokens: null,
        totalTokens: null,
        source: 'estimate' as const,
      }
      const again = () =>
        settleGeneration(env, {
          facts: {
            replyId: kept.replyId,
            conversationId: kept.conversationId,
            requestId: newId('request'),
            continuedFrom: null,
            saveReasoning: true,
          },
          message: {
            parts: [],
            state: { type: 'cancelled', by: 'user' },
            usage: null,
            metrics: null,
          },
          usage,
          lastSeq: 1,
          refunded: true,
          hasNewText: false,
          now: Date.now(),
        })
      await Promise.all([again(), again(), again()])
      expect(await usedBy(id), `round ${round}`).toBe(1)
    }
  })
})
