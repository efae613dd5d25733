import type { ServerResponse } from 'node:http'
import type { Call } from './call-log.ts'
import type { Script } from './script.ts'
import { setTimeout as sleep } from 'node:timers/promises'
import { delta, done } from './chunks.ts'

const garbage = Buffer.from('data: {"choices":[{"delta":{"content": oops\n\n')
const failure = Buffer.from(
  `data: ${JSON.stringify({ error: { message: 'The fake upstream broke', type: 'server_error' } })}\n\n`,
)
/** Above this many bytes at once it is the socket that decides the pace. */
const batchBytesMax = 64_000
const longAnswers = new Map<string, Buffer[]>()

/**
 * Streams a script. What is sent is encoded before the first byte leaves, and many tokens share
 * a write when nothing has to be waited for, so that measuring others costs little.
 */
export async function play(
  response: ServerResponse,
  script: Script,
  call: Call,
  trailer: Buffer[],
): Promise<void> {
  const events = encoded(call.model, script)
  if (script.firstMs > 0) await sleep(script.firstMs)
  if (response.destroyed) return
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.flushHeaders()
  const { accident } = script
  const until = accident ? Math.min(accident.at, events.length) : events.length
  await send(response, events.slice(0, until), script.paceMs, call)
  if (accident && !response.destroyed) {
    if (accident.kind === 'stall') return
    // What was written still arrives; the end of the body does not.
    if (accident.kind === 'cut') return void response.socket?.destroySoon()
    if (accident.kind === 'error') return void response.end(failure)
    response.write(garbage)
    await send(response, events.slice(until), script.paceMs, call)
  }
  if (response.destroyed) return
  if (script.atEnd) {
    response.write(delta(call.model, {}, 'stop'))
    if (script.atEnd === 'cut') response.socket?.destroySoon()
    return
  }
  const last = [
    ...(script.finish ? [delta(call.model, {}, 'stop')] : []),
    ...(script.done ? [...trailer, done] : []),
  ]
  response.end(Buffer.concat(last))
}

async function send(
  response: ServerResponse,
  events: Buffer[],
  paceMs: number,
  call: Call,
): Promise<void> {
  const startedAt = performance.now()
  for (let sent = 0; sent < events.length && !response.destroyed;) {
    if (paceMs > 0) await sleep(Math.max(0, startedAt + sent * paceMs - performance.now()))
    const batch = paceMs > 0 ? events.slice(sent, sent + 1) : batchFrom(events, sent)
    const bytes = batch.length === 1 && batch[0] ? batch[0] : Buffer.concat(batch)
    call.firstByteAt ??= Date.now()
    const isTaken = response.write(bytes)
    sent += batch.length
    call.tokensSent += batch.length
    call.bytesSent += bytes.length
    if (!isTaken) await untilTaken(response)
  }
}

function untilTaken(response: ServerResponse): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      response.off('drain', done)
      response.off('close', done)
      resolve()
    }
    response.on('drain', done)
    response.on('close', done)
  })
}

/** Long answers of the same model are the same but for what they repeat of the question. */
function encoded(model: string, script: Script): Buffer[] {
  const encode = () => script.deltas.map(({ field, text }) => delta(model, { [field]: text }))
  if (script.deltas.length < 1_000 || model.includes('echo')) return encode()
  const known = longAnswers.get(model) ?? encode()
  longAnswers.set(model, known)
  return known
}

function batchFrom(events: Buffer[], start: number): Buffer[] {
  let bytes = 0
  let end = start
  while (end < events.length && bytes < batchBytesMax) bytes += events[end++]?.length ?? 0
  return events.slice(start, end)
}
