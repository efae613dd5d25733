import { connectionGuard } from '../../connections/connection-guard.ts'
import { toProviderConnection } from '../../connections/provider-connection.ts'
import { usableModel } from '../../connections/usable-model.ts'
import type { Bindings } from '../../platform/env.ts'
import type { Upstream } from '../../platform/upstream.ts'
import { providerFor } from '../../providers/registry.ts'
import { loadSettings } from '../../settings/settings.ts'
import type { Answer, HandOn } from '../answer.ts'
import { answerOf } from '../answer-of.ts'
import type { CallAccount } from '../call-account.ts'
import { runCall } from '../run-call.ts'
import { factsOf, type CallFacts, type CallMaterial, type CallOrder } from './call-order.ts'

export interface RunDeps {
  account: CallAccount
  signal: AbortSignal
  /** Counts an attempt in storage, before its call. */
  onAttempt(): void
  /** Takes a piece of the stream, or the one piece there is. */
  onPiece(piece: string): void
}

/** How the call of an order is answered. Throws a `Fault` where it cannot be. */
export async function prepare(env: Bindings, order: CallOrder): Promise<Answer> {
  const { usable, body, earlier } = order
  const { id, startedAt, route, tagPairs } = factsOf(order)
  const connection = await toProviderConnection(env, usable.connection)
  const provider = providerFor(connection.provider)
  const asked = { id, startedAt, tagPairs, body, earlier, usable, isKept: true }
  return answerOf(env, route, { ...asked, provider, connection })
}

/** Runs a call to its end. Throws what breaks it. */
export async function drive(
  env: Bindings,
  facts: CallFacts,
  answer: Answer,
  { account, signal, onAttempt, onPiece }: RunDeps,
): Promise<void> {
  const { limits } = facts
  const guard = connectionGuard(env, facts.allowPrivateHosts)
  const attempt = async (upstream: Upstream, handOn: HandOn) => {
    onAttempt()
    if (isStreamed(facts)) await answer.stream(account, upstream, handOn)
    else await handOn(await answer.body(account, upstream))
  }
  // What is stored waits for nobody.
  const handOn = (piece: string) => void onPiece(piece)
  await runCall({ attempt, handOn, account, limits, guard, signal })
}

/** A response is always put together of its events, whichever way it was asked for. */
export function isStreamed({ route, isStream }: CallFacts): boolean {
  return isStream || route === 'responses'
}

/** The order of a call whose runtime was lost, made of what was kept of it. */
export async function orderAgain(
  env: Bindings,
  facts: CallFacts,
  material: CallMaterial,
): Promise<CallOrder> {
  const { values: settings } = await loadSettings(env)
  const isEmbedding = facts.route === 'embeddings'
  // Whether its owner may use the model was decided when it was accepted.
  const usable = await usableModel(env, facts.modelId, settings, 'admin', isEmbedding)
  const model = { ...usable.model, name: facts.modelName }
  return { ...facts, ...material, usable: { ...usable, model } }
}
