import { promptTokens as tokensOfNothing, tokensOf } from '../chat/tokens.ts'
import type { AppContext } from '../platform/serve.ts'
import type { Upstream } from '../platform/upstream.ts'
import type { Fields } from '../providers/narrow.ts'
import type { PassedCall, ProviderRequest } from '../providers/provider.ts'
import { keyFor } from './admit-key.ts'
import { beginCall, targetOf, type BegunCall, type Target } from './begin-call.ts'
import { ChatBody } from './chat-body.ts'
import { imageUrlsIn } from './chat-images.ts'
import { checkBody } from './check-body.ts'
import { fetchImages } from './fetch-images.ts'
import { invalidField } from './field-faults.ts'
import { requireSupported } from './chat-options.ts'
import { fromChat } from './from-chat.ts'
import { streamed, whole } from './answer-call.ts'
import { passStream, passWhole } from './pass-on.ts'
import { readBody } from './read-body.ts'
import { ChatChunks, ChatCompletion, type ChatHead } from './to-chat.ts'

/** POST /v1/chat/completions: passed on as it came where that can be, translated elsewhere. */
export async function chatCompletions(context: AppContext): Promise<Response> {
  const key = keyFor(context, 'chat')
  const body = await readBody(context)
  if (!Array.isArray(body.messages) || body.messages.length === 0) {
    throw invalidField('messages', "Missing required parameter: 'messages'.")
  }
  const target = await targetOf(context, key, body.model)
  const passed = target.provider.passes?.chat?.(target.connection, target.usable.rawId)
  let answering: () => Answer | Promise<Answer>
  if (passed) answering = () => passing(target, passed, body)
  else {
    // What is wrong with the body is told before anything is taken; its images are fetched after.
    const checked = checkBody(ChatBody, body)
    answering = () => translating(context, target, checked)
  }
  const promptTokens = tokensOfMessages(body.messages)
  const call = await beginCall(context, target, { kind: 'v1', promptTokens })
  const answer = await answerOrEnd(call, answering)
  return body.stream === true
    ? streamed(context, call, (upstream) => answer.frames(call, upstream))
    : whole(context, call, (upstream) => answer.body(call, upstream))
}

const imageTokens = 1_000

/** About what the messages take, whose images are not text. */
function tokensOfMessages(messages: unknown): number {
  let images = 0
  const text = JSON.stringify(messages, (_, value: unknown) => {
    if (typeof value !== 'string' || !value.startsWith('data:')) return value
    images++
    return ''
  })
  return tokensOfNothing + tokensOf(text) + images * imageTokens
}

/** How an answer is made, one way or the other. */
interface Answer {
  frames(call: BegunCall, upstream: Upstream): AsyncIterable<string>
  /** One piece: the body. */
  body(call: BegunCall, upstream: Upstream): Promise<string>
}

/** A call that is begun has to be ended, also when there is nothing to answer it with. */
async function answerOrEnd(
  call: BegunCall,
  answering: () => Answer | Promise<Answer>,
): Promise<Answer> {
  try {
    return await answering()
  } catch (error) {
    call.end(error)
    throw error
  }
}

function passing({ connection, usable }: Target, passed: PassedCall, body: Fields): Answer {
  const common = { call: passed, connection, body, model: usable.model.name }
  return {
    frames: ({ account }, upstream) => passStream({ ...common, account }, upstream),
    body: ({ account }, upstream) => passWhole({ ...common, account }, upstream),
  }
}

async function translating(
  context: AppContext,
  { connection, usable, provider }: Target,
  body: ChatBody,
): Promise<Answer> {
  const images = await fetchImages(context.env, imageUrlsIn(body))
  const request: ProviderRequest = fromChat(body, usable, images)
  requireSupported(provider, request)
  const includeUsage = body.stream_options?.include_usage === true
  const headFor = ({ id, account }: BegunCall): ChatHead => ({
    id: `chatcmpl-${id.slice(4)}`,
    created: Math.floor(account.startedAt / 1_000),
    model: usable.model.name,
  })
  return {
    async *frames(call, upstream) {
      const chunks = new ChatChunks(headFor(call), { includeUsage })
      for await (const event of provider.stream(request, connection, upstream)) {
        call.account.note(event)
        yield chunks.take(event)
      }
      yield chunks.end(call.account.settled(false).usage)
    },
    async body(call, upstream) {
      const completion = new ChatCompletion(headFor(call))
      for await (const event of provider.complete(request, connection, upstream)) {
        call.account.note(event)
        completion.take(event)
      }
      return JSON.stringify(completion.body(call.account.settled(false).usage))
    },
  }
}
