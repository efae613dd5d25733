import { Fault } from '../platform/fault.ts'
import type { Upstream } from '../platform/upstream.ts'
import { maskSecrets } from './mask-secrets.ts'
import { modelKind } from './model-capabilities.ts'
import type { ListedModel, Provider, ProviderConnection, ProviderRequest } from './provider.ts'
import { simpleRequest } from './simple-request.ts'

export interface Verdict {
  /** How many models the provider lists. */
  models: number
  sample: string[]
  /** Null when the connection works. */
  problem: Fault | null
  /** The provider's own words. */
  provider: { status: number; message: string } | null
}

const sampleMax = 10

/**
 * Tries a connection: sees whether its kind of API answers, lists its models and, given one, asks it
 * for a single token; where listing asks nobody, the first that chats. A server without a list passes
 * when it answers. After a 404 the address that would have worked is named.
 */
export async function verify(
  provider: Provider,
  connection: ProviderConnection,
  upstream: Upstream,
  modelId: string | null,
): Promise<Verdict> {
  const listing = await attempt(() => list(provider, connection, upstream))
  const ids = listing.ok ? listing.value.map(({ rawId }) => rawId) : []
  let fault = listing.ok ? null : listing.fault
  const asked = modelId ?? (provider.listsLocally && listing.ok ? firstChat(listing.value) : null)
  if (asked !== null && (fault === null || isNotThere(fault))) {
    const answer = await attempt(() => ask(provider, connection, upstream, asked))
    fault = answer.ok ? null : fault && isNotThere(answer.fault) ? fault : answer.fault
  }
  const isAstray = !listing.ok && fault === listing.fault && isWrongPlace(fault)
  const hint = isAstray ? await otherBaseUrl(provider, connection, upstream) : null
  const told = fault && withHint(asVerification(fault), hint)
  return {
    models: ids.length,
    sample: ids.slice(0, sampleMax),
    problem: told,
    provider: told && providerOf(told),
  }
}

function firstChat(models: readonly ListedModel[]): string | null {
  const chats = models.filter(
    ({ rawId, baseModel, kind }) => modelKind(baseModel ?? rawId, kind) !== 'embedding',
  )
  return chats[0]?.rawId ?? null
}

type Attempt<Value> = { ok: true; value: Value } | { ok: false; fault: Fault }

async function attempt<Value>(call: () => Promise<Value>): Promise<Attempt<Value>> {
  try {
    return { ok: true, value: await call() }
  } catch (error) {
    if (error instanceof Fault) return { ok: false, fault: error }
    throw error
  }
}

/** The models there; first, where that can be told at once, whether the API is there at all. */
async function list(
  provider: Provider,
  connection: ProviderConnection,
  upstream: Upstream,
): Promise<ListedModel[]> {
  await provider.probe?.(connection, upstream)
  return provider.listModels(connection, upstream)
}

async function ask(
  provider: Provider,
  connection: ProviderConnection,
  upstream: Upstream,
  model: string,
): Promise<void> {
  const request: ProviderRequest = {
    ...simpleRequest(model, [{ role: 'user', text: 'Hi' }]),
    outputTokensMax: 1,
    reasoning: { enabled: true, effort: null, think: null },
  }
  try {
    for await (const event of provider.stream(request, connection, upstream)) {
      if (event.type === 'content' || event.type === 'reasoning') return
    }
  } catch (error) {
    // Models that reason first may refuse so small a limit, which proves as much as an answer.
    const said = error instanceof Fault ? (providerOf(error)?.message ?? '') : ''
    if (!/output limit was reached|below minimum value/i.test(said)) throw error
  }
}

function providerOf(fault: Fault): Verdict['provider'] {
  const told = fault.members.provider
  return typeof told === 'object' && told !== null ? (told as Verdict['provider']) : null
}

const isNotThere = (fault: Fault) => [404, 405].includes(providerOf(fault)?.status ?? 0)

/** A 404, or the page of a website: both come of a path that is none of the API's. */
const isWrongPlace = (fault: Fault) => isNotThere(fault) || fault.code === 'provider_bad_reply'

/** In a verification a missing model is what the provider says, not what a reader chose. */
function asVerification(fault: Fault): Fault {
  if (fault.code !== 'model_not_found') return fault
  return new Fault('provider_refused', fault.members, { cause: fault })
}

async function otherBaseUrl(
  provider: Provider,
  connection: ProviderConnection,
  upstream: Upstream,
): Promise<string | null> {
  const used = connection.baseUrl
  const others = new Set(alternatives(used).map((baseUrl) => provider.baseUrlOf(baseUrl)))
  others.delete(used)
  for (const baseUrl of others) {
    const listing = await attempt(() => list(provider, { ...connection, baseUrl }, upstream))
    if (listing.ok && listing.value.length > 0) return baseUrl
  }
  return null
}

const pastedRoute =
  /\/(?:api\/(?:chat|generate|show|tags|version)|chat\/completions|completions|messages|responses|models(?:\/.*)?)$/
const version = /\/v\d+(?:(?:alpha|beta)\d*)?$/i

/**
 * Where the API may be instead: above a route that was pasted too, at the version the provider has
 * rather than the one given, and with or without `/v1`.
 */
function alternatives(used: string): string[] {
  if (!URL.canParse(used)) return []
  const url = new URL(used)
  const base = url.pathname.replace(pastedRoute, '')
  const root = base.replace(version, '')
  return [base, root, `${root}/v1`].map((path) => {
    url.pathname = path
    return url.href
  })
}

function withHint(fault: Fault, baseUrl: string | null): Fault {
  const told = providerOf(fault)
  if (baseUrl === null || !told) return fault
  const message = maskSecrets(`${told.message} (${baseUrl} answers as the base URL)`, [])
  return new Fault(fault.code, { ...fault.members, provider: { ...told, message }, baseUrl })
}
