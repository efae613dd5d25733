import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { GenerateInput } from '../../worker/contract/chat.ts'
import type { Id } from '../../worker/contract/ids.ts'
import { bundleWorker } from '../../e2e/runtime/bundle.ts'
import { startRuntime, type Runtime } from '../../e2e/runtime/runtime.ts'
import { Visitor } from '../../e2e/runtime/visitor.ts'
import { workerdPids } from '../process-usage.ts'
import type { Question } from './answer.ts'
import { startObject, startPipe, startReader } from './floors.ts'
import { startUpstream, type UpstreamProcess } from './upstream-process.ts'

export type DoorName = 'direct' | 'pipe' | 'reader' | 'object' | 'product' | 'portkey'

/** One way to the same upstream. */
export interface Door {
  name: DoorName
  /** The processes that do the work; none for the direct way. */
  pids: number[]
  /** Asks for an answer of `model`; `key` is the message, by which the upstream's call is found. */
  ask(model: string, key: string): Question
}

export interface ProductDoor extends Door {
  runtime: Runtime
  visitors: Visitor[]
  /** The body of a send and who sends it, for whoever needs the ids. */
  send(model: string, key: string): { visitor: Visitor; body: GenerateInput; question: Question }
}

/** Everything that is measured, each runtime fresh and with nothing to do. */
export interface Stage {
  upstream: UpstreamProcess
  doors: Door[]
  product: ProductDoor
}

const usersMax = 8
let bundle: string | null = null
let bundleFolder: string | null = null

/** The Worker's script, bundled once a run. */
export function productScript(): string {
  if (bundle) return bundle
  bundleFolder = mkdtempSync(join(tmpdir(), 'aichat-bench-'))
  process.on('exit', () => rmSync(bundleFolder ?? '', { recursive: true, force: true }))
  return (bundle = bundleWorker(bundleFolder))
}

/** Sets the stage, plays `act` on it and clears it away. */
export async function onStage<T>(
  models: readonly string[],
  act: (stage: Stage) => Promise<T>,
  only: readonly DoorName[] = ['direct', 'pipe', 'object', 'product'],
): Promise<T> {
  const script = productScript()
  const folder = mkdtempSync(join(tmpdir(), 'aichat-bench-state-'))
  const upstream = await startUpstream()
  const { baseUrl } = upstream
  const pipe = only.includes('pipe') ? await startPipe(baseUrl) : null
  const reader = only.includes('reader') ? await startReader(baseUrl) : null
  const object = only.includes('object') ? await startObject(baseUrl, join(folder, 'object')) : null
  const product = await startProductDoor(script, join(folder, 'product'), baseUrl, models)
  const doors: Door[] = [
    plainDoor('direct', `${baseUrl}/chat/completions`, []),
    ...(pipe ? [plainDoor('pipe', pipe.origin, pipe.pids)] : []),
    ...(reader ? [plainDoor('reader', reader.origin, reader.pids)] : []),
    ...(object ? [plainDoor('object', object.origin, object.pids)] : []),
    product,
  ]
  try {
    return await act({ upstream, product, doors: doors.filter(({ name }) => only.includes(name)) })
  } finally {
    await Promise.all([pipe?.stop(), reader?.stop(), object?.stop(), product.runtime.stop()])
    upstream.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** A door that takes a chat completion as the upstream does. */
export function plainDoor(
  name: DoorName,
  url: string,
  pids: number[],
  headers: Record<string, string> = {},
): Door {
  return {
    name,
    pids,
    ask: (model, key) => ({
      url,
      headers: { 'x-call-tag': key, ...headers },
      body: JSON.stringify({
        model,
        stream: true,
        stream_options: { include_usage: true },
        messages: [{ role: 'user', content: key }],
      }),
    }),
  }
}

export async function startProductDoor(
  script: string,
  folder: string,
  baseUrl: string,
  names: readonly string[],
): Promise<ProductDoor> {
  const before = workerdPids()
  const runtime = await startRuntime({ script, folder })
  const visitors = Array.from({ length: usersMax }, () => new Visitor(runtime.origin))
  let ids: Record<string, Id<'model'>> = {}
  for (const [index, visitor] of visitors.entries()) {
    await visitor.signUp(`user_${index}`)
    if (index === 0) ids = await visitor.connect(baseUrl, [...names])
  }
  let asked = 0
  const send: ProductDoor['send'] = (model, key) => {
    const visitor = visitors[asked++ % visitors.length]!
    const body = visitor.newSend(ids[model]!, key)
    const url = `${runtime.origin}/api/chat/stream`
    const question = { url, headers: { cookie: visitor.cookie }, body: JSON.stringify(body) }
    return { visitor, body, question }
  }
  return {
    name: 'product',
    pids: workerdPids().filter((pid) => !before.includes(pid)),
    runtime,
    visitors,
    send,
    ask: (model, key) => send(model, key).question,
  }
}
