import * as z from 'zod/mini'
import type { Bindings } from '../../platform/env.ts'
import type { PassedCall } from '../../providers/provider.ts'
import type { Answer, CallToAnswer } from '../answer.ts'
import { ChatBody } from './chat-body.ts'
import { anyImage, imageUrlsIn, type Images } from '../call-images.ts'
import { requireSupported } from './chat-options.ts'
import { checkBody } from '../check-body.ts'
import { fetchImages } from '../fetch-images.ts'
import { invalidField } from '../field-faults.ts'
import { learnStreamOptions } from '../learn-stream-options.ts'
import { fromChat } from './from-chat.ts'
import { toOpenAiError } from '../openai-error.ts'
import { passStream, passWhole } from '../pass-on.ts'
import { ChatChunks, ChatCompletion, type ChatHead } from './to-chat.ts'
import { untagged } from '../untag-reasoning.ts'

const Streaming = z.looseObject({ stream: z.nullish(z.boolean()) })

type Checked = Pick<CallToAnswer, 'body' | 'usable' | 'provider' | 'connection'>

/** What is wrong with a chat completion is told before anything of it is taken. */
export function checkChat(call: Checked): void {
  const { body } = call
  if (!Array.isArray(body.messages) || body.messages.length === 0) {
    throw invalidField('messages', "Missing required parameter: 'messages'.")
  }
  // Whatever else an upstream takes, how it is answered is decided here.
  checkBody(Streaming, body)
  if (!passedFor(call)) requestOf(call, checkBody(ChatBody, body), anyImage)
}

/** How a chat completion is answered: passed on as it came where that can be, translated elsewhere. */
export async function chatAnswer(env: Bindings, call: CallToAnswer): Promise<Answer> {
  const passed = passedFor(call)
  return passed ? passing(env, call, passed) : translating(env, call)
}

/** The last frame of a stream that breaks. */
export const chatFailure: Answer['failure'] = (fault, requestId) =>
  `data: ${JSON.stringify(toOpenAiError(fault, requestId).body)}\n\n`

function passedFor({ provider, connection, usable }: Checked): PassedCall | undefined {
  return provider.passes?.chat?.(connection, usable.rawId)
}

function passing(env: Bindings, call: CallToAnswer, passed: PassedCall): Answer {
  const { connection, usable, body } = call
  const onWithoutStreamOptions = () => learnStreamOptions(env, call)
  const common = {
    call: passed,
    connection,
    body,
    model: usable.model.name,
    onWithoutStreamOptions,
  }
  return {
    stream: (account, upstream, handOn) => passStream({ ...common, account }, upstream, handOn),
    body: (account, upstream) => passWhole({ ...common, account }, upstream),
    failure: chatFailure,
  }
}

function requestOf({ usable, provider }: Checked, body: ChatBody, images: Images) {
  const request = fromChat(body, usable, images)
  requireSupported(provider, request)
  return request
}

async function translating(env: Bindings, call: CallToAnswer): Promise<Answer> {
  const { id, startedAt, usable, provider, connection, tagPairs } = call
  const body = checkBody(ChatBody, call.body)
  const request = requestOf(call, body, await fetchImages(env, imageUrlsIn(body)))
  const includeUsage = body.stream_options?.include_usage === true
  const head: ChatHead = {
    id: `chatcmpl-${id.slice('rsp_'.length)}`,
    created: Math.floor(startedAt / 1_000),
    model: usable.model.name,
  }
  return {
    async stream(account, upstream, handOn) {
      const chunks = new ChatChunks(head, { includeUsage })
      for await (const event of untagged(
        provider.stream(request, connection, upstream),
        tagPairs,
      )) {
        account.note(event)
        if (event.type === 'without-stream-options') await learnStreamOptions(env, call)
        await handOn(chunks.take(event))
      }
      await handOn(chunks.end(account.settled(false).usage))
    },
    async body(account, upstream) {
      const completion = new ChatCompletion(head)
      const events = untagged(provider.complete(request, connection, upstream), tagPairs)
      for await (const event of events) {
        account.note(event)
        completion.take(event)
      }
      return JSON.stringify(completion.body(account.settled(false).usage))
    },
    failure: chatFailure,
  }
}
