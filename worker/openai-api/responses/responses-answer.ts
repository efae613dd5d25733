import type { Bindings } from '../../platform/env.ts'
import type { Fault } from '../../platform/fault.ts'
import type { Fields } from '../../providers/narrow.ts'
import type { PassedCall } from '../../providers/provider.ts'
import type { Answer, CallToAnswer } from '../answer.ts'
import type { CallAccount } from '../call-account.ts'
import { anyImage, type Images } from '../call-images.ts'
import { requireSupported } from '../chat-completions/chat-options.ts'
import { checkBody } from '../check-body.ts'
import { fetchImages } from '../fetch-images.ts'
import { learnStreamOptions } from '../learn-stream-options.ts'
import { passStream, passWhole } from '../pass-on.ts'
import { untagged } from '../untag-reasoning.ts'
import { forUpstream } from './for-upstream.ts'
import { fromResponses, responsesParams } from './from-responses.ts'
import { PassedKeptResponse } from './passed-kept-response.ts'
import { PassedResponse } from './passed-response.ts'
import { responseErrorOf } from './response-error.ts'
import { itemsOfInput, type Item } from './response-items.ts'
import { openResponse, responseIdOf, type ResponseObject } from './response-object.ts'
import { ResponsesBody } from './responses-body.ts'
import { brokenFrame, openingFrames, ResponseEvents } from './to-responses.ts'

type Checked = Pick<CallToAnswer, 'body' | 'usable' | 'provider' | 'connection' | 'earlier'>

/** What is wrong with a call for a response is told before anything of it is taken. */
export function checkResponses(call: Checked): void {
  const body = bodyOf(call)
  const isPassed = passedFor(call) !== undefined
  if (isPassed && body.store === false) return
  // What is stored is read again, whoever understood it first.
  const items = itemsOfInput(body, '')
  if (!isPassed) requestOf(call, items, anyImage)
}

/** The response to a call as it is opened. */
export function openedBy({ id, startedAt, body, usable }: CallToAnswer): ResponseObject {
  const { name: model } = usable.model
  return openResponse(id, bodyOf({ body }), { createdAt: startedAt, model })
}

/** How a call for a response is answered: passed on where that can be, translated elsewhere. */
export async function responsesAnswer(env: Bindings, call: CallToAnswer): Promise<Answer> {
  const passed = passedFor(call)
  return passed ? passing(call, passed) : translating(env, call)
}

const bodyOf = ({ body }: Pick<CallToAnswer, 'body'>) => checkBody(ResponsesBody, body)

function passedFor({ provider, connection, usable }: Checked): PassedCall | undefined {
  return provider.passes?.responses?.(connection, usable.rawId)
}

const sealedReasoning = 'reasoning.encrypted_content'
const tellsSealed = ({ include }: ResponsesBody) => include?.includes(sealedReasoning) === true

function requestOf(call: Checked, items: readonly Item[], images: Images) {
  const { provider, usable, earlier } = call
  const request = fromResponses(bodyOf(call), usable, {
    items: [...earlier, ...items],
    earlier: earlier.length,
    images,
    provider: provider.id,
  })
  requireSupported(provider, request, responsesParams)
  return request
}

async function translating(env: Bindings, call: CallToAnswer): Promise<Answer> {
  const { provider, connection, tagPairs, isKept } = call
  const body = bodyOf(call)
  const items = itemsOfInput(body, responseIdOf(call.id))
  const images = await fetchImages(env, imageUrlsOf([...call.earlier, ...items]))
  const request = requestOf(call, items, images)
  const response = openedBy(call)
  const opening = openingFrames(response)
  const newEvents = () =>
    new ResponseEvents(response, {
      provider: provider.id,
      sequence: opening.length,
      tellsPacked: tellsSealed(body),
      keepsPacked: isKept || tellsSealed(body),
    })
  let events = newEvents()
  return {
    async stream(account, upstream, handOn) {
      events = newEvents()
      let unsaid = isKept ? '' : opening.join('')
      for await (const event of untagged(
        provider.stream(request, connection, upstream),
        tagPairs,
      )) {
        account.note(event)
        if (event.type === 'without-stream-options') await learnStreamOptions(env, call)
        const frames = events.take(event)
        if (frames === '') continue
        await handOn(unsaid + frames)
        unsaid = ''
      }
      await handOn(unsaid + events.end(account.settled(false).usage))
    },
    async body(account, upstream) {
      events = newEvents()
      for await (const event of untagged(
        provider.complete(request, connection, upstream),
        tagPairs,
      )) {
        account.note(event)
        events.take(event)
      }
      events.end(account.settled(false).usage)
      return JSON.stringify(events.response)
    },
    failure(fault) {
      const isUnsaid = !isKept && events.sequence === opening.length
      return (isUnsaid ? opening.join('') : '') + broken(events.response, events.sequence, fault)
    },
    get packed() {
      return events.packed
    },
  }
}

function broken(response: ResponseObject, sequence: number, fault: Fault): string {
  return brokenFrame(response, sequence, { status: 'failed', error: responseErrorOf(fault) })
}

/** What is stored is stored here, so that the upstream is asked to keep nothing. */
function passing(call: CallToAnswer, passed: PassedCall): Answer {
  const { usable, connection, isKept } = call
  const { name: model } = usable.model
  const body = bodyOf(call)
  const content = { ...call.body, ...ownState(call, body) }
  const opened = openedBy(call)
  const opening = openingFrames(opened)
  let passing: PassedResponse | undefined
  let keeping: PassedKeptResponse | undefined
  const newReader = (account: CallAccount) => (secrets: readonly string[]) => {
    if (!isKept) return (passing = new PassedResponse({ model, secrets, account }))
    const sequence = opening.length
    const tellsPacked = tellsSealed(body)
    const own = { response: opened, sequence, tellsPacked, provider: call.provider.id }
    return (keeping = new PassedKeptResponse({ model, secrets, account, ...own }))
  }
  const common = { call: passed, connection, model }
  return {
    stream(account, upstream, handOn) {
      const streamed = { ...content, stream: true }
      const asked = { ...common, body: streamed, account, newReader: newReader(account) }
      return passStream(asked, upstream, handOn)
    },
    body: (account, upstream) => passWhole({ ...common, body: content, account }, upstream),
    failure(fault) {
      const { response, sequence } = passing ?? {}
      return response
        ? broken(response, sequence ?? 0, fault)
        : opening.join('') + broken(opened, opening.length, fault)
    },
    get packed() {
      return keeping?.packed ?? new Map()
    },
  }
}

/** What of the body is about a state that is kept here, in the words of an upstream that keeps none. */
function ownState(
  { earlier, isKept, usable, provider, body: { include } }: CallToAnswer,
  body: ResponsesBody,
) {
  const reasons = usable.efforts !== null || body.reasoning
  const isNew = isKept && reasons && !tellsSealed(body)
  const included = Array.isArray(include) ? include : []
  const isList = earlier.length > 0 || Array.isArray(body.input)
  return {
    store: false,
    background: undefined,
    previous_response_id: undefined,
    ...(isNew && { include: [...included, sealedReasoning] }),
    ...(isList && { input: forUpstream([...earlier, ...inputOf(body)], provider.id) }),
  }
}

function inputOf({ input = [] }: ResponsesBody): Fields[] {
  return typeof input === 'string' ? [{ role: 'user', content: input }] : input
}

/** The addresses of the images items do not bring along, each once. */
function imageUrlsOf(items: readonly Item[]): string[] {
  const urls = items.flatMap(({ content }) => (Array.isArray(content) ? content : []))
  const addresses = urls.flatMap((part: { type?: unknown; image_url?: unknown }) =>
    part.type === 'input_image' && typeof part.image_url === 'string' ? [part.image_url] : [],
  )
  return [...new Set(addresses.filter((url) => !/^data:/i.test(url)))]
}
