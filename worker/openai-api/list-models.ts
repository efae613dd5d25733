import { askerOf } from '../connections/model-access.ts'
import { callableModels } from '../connections/published-models.ts'
import { isId } from '../contract/ids.ts'
import type { Model } from '../contract/models.ts'
import { Fault } from '../platform/fault.ts'
import type { AppContext } from '../platform/serve.ts'
import { keyFor } from './admit-key.ts'

/** What OpenAI's clients read of a model, and how much it takes and gives. */
function toOpenAi(model: Model, now: number) {
  return {
    id: model.name,
    object: 'model',
    created: Math.floor(now / 1_000),
    owned_by: model.channel,
    context_window: model.contextWindow,
    max_output_tokens: model.outputTokens,
  }
}

async function modelsFor(context: AppContext): Promise<Model[]> {
  const { user, modelIds } = keyFor(context, 'models')
  const models = await callableModels(context.env, context.get('settings'), askerOf(user))
  return modelIds === null ? models : models.filter(({ id }) => modelIds.includes(id))
}

/** GET /v1/models: those the owner may use and the key allows. */
export async function listModels(context: AppContext): Promise<Response> {
  const models = await modelsFor(context)
  return context.json({ object: 'list', data: models.map((model) => toOpenAi(model, madeAt)) })
}

/** GET /v1/models/:id, whose slashes may come as they are or encoded. */
export async function readModel(context: AppContext): Promise<Response> {
  const given = decoded(context.req.path.slice('/v1/models/'.length))
  const model = (await modelsFor(context)).find(({ id, name }) =>
    isId('model', given) ? id === given : name === given,
  )
  if (!model) throw new Fault('model_not_found')
  return context.json(toOpenAi(model, madeAt))
}

/** What cannot be decoded is no name of anything. */
function decoded(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return ''
  }
}

/** Nobody says when a model was made; clients want a moment that stays the same. */
const madeAt = Date.UTC(2026, 0, 1)
