import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { delta, done } from '../../e2e/fake-upstream/chunks.ts'
import { answer } from '../page-text/answer.ts'

/** A provider with one long answer of prose, code, tables and formulas, and nothing else. */
export interface AnswerUpstream {
  baseUrl: string
  stop(): void
}

export const answerModel = 'long-answer'
/** At sixty a second this is 8.3 seconds. */
const updates = 500
const updateMs = 1_000 / 60

export async function startAnswerUpstream(): Promise<AnswerUpstream> {
  const server = createServer((incoming, outgoing) => {
    incoming.resume()
    if (incoming.url === '/v1/models') {
      const models = [{ id: answerModel, object: 'model', created: 0, owned_by: 'bench' }]
      outgoing.setHeader('content-type', 'application/json')
      outgoing.end(JSON.stringify({ object: 'list', data: models }))
    } else play(outgoing).catch(() => outgoing.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}

const pieces = Array.from({ length: updates }, (_, index) => {
  const at = (update: number) => Math.ceil((answer.length * update) / updates)
  return delta(answerModel, { content: answer.slice(at(index), at(index + 1)) })
})

async function play(outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(200, { 'content-type': 'text/event-stream' })
  const startedAt = performance.now()
  for (const [index, piece] of pieces.entries()) {
    await sleep(Math.max(0, startedAt + index * updateMs - performance.now()))
    outgoing.write(piece)
  }
  outgoing.end(Buffer.concat([delta(answerModel, {}, 'stop'), done]))
}
