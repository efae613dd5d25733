import type { Effort } from '../contract/reasoning.ts'
import { withCustomBody } from './custom-request.ts'
import { joinNeighbours } from './join-neighbours.ts'
import { jsonObjectOf } from './json-arguments.ts'
import { knownModel } from './known-models.ts'
import { modelNameOf } from './model-family.ts'
import { fieldsOf, textOf, type Fields } from './narrow.ts'
import type {
  CallOptions,
  PromptImage,
  ProviderRequest,
  ToolCall,
  ToolDefinition,
  Turn,
} from './provider.ts'
import { effortSent } from './reasoning-request.ts'
import { userParts } from './user-parts.ts'

/** Calls that came without an id get one that begins like this; it is nothing to send back. */
export const mintedIdPrefix = 'call_'

/** A signature of the reasoning behind a part, and the call that part was; null for text. */
export interface CarriedSignature {
  callId: string | null
  thoughtSignature: string
}

/** From generation 3 on, calls are refused without a signature. This text stands for a lost one. */
const signatureLost = 'skip_thought_signature_validator'
const signingModel = /^gemini-(?:[3-9]|\d\d)/

const thinkingLevels: readonly Effort[] = ['minimal', 'low', 'medium', 'high']
const budgets: Record<Exclude<Effort, 'none'>, number> = {
  minimal: 512,
  low: 2_048,
  medium: 8_192,
  high: 24_576,
  xhigh: 24_576,
  max: 24_576,
}
/** As little as the Pro models can think. */
const proBudgetMin = 128

/** The body that asks for the next content, streamed or not. */
export function contentsBody(request: ProviderRequest): Fields {
  const body: Fields = { contents: contentsOf(request) }
  if (request.system) body.systemInstruction = { parts: [{ text: request.system }] }
  if (request.tools.length > 0) {
    body.tools = [{ functionDeclarations: request.tools.map(declaration) }]
    const functionCallingConfig = choiceOf(request.options?.toolChoice ?? null)
    if (functionCallingConfig) body.toolConfig = { functionCallingConfig }
  }
  const generationConfig = configOf(request)
  if (Object.keys(generationConfig).length > 0) body.generationConfig = generationConfig
  const given = withCustomBody(body, request.custom)
  // One field holds every parameter, and a sender who adds one does not give up the others.
  const added = fieldsOf(request.custom?.body?.generationConfig)
  return added ? { ...given, generationConfig: { ...generationConfig, ...added } } : given
}

function configOf(request: ProviderRequest): Fields {
  const { outputTokensMax, temperature, options } = request
  const samples = knownModel(request.model)?.sampling !== false
  const thinkingConfig = thinkingOf(request)
  return {
    ...(outputTokensMax !== null && { maxOutputTokens: outputTokensMax }),
    ...(temperature !== null && samples && { temperature }),
    ...(options && optionFields(options, samples)),
    ...(thinkingConfig && { thinkingConfig }),
  }
}

function optionFields(options: CallOptions, samples: boolean): Fields {
  const { responseFormat, stop, topP, seed, presencePenalty, frequencyPenalty } = options
  return {
    ...(responseFormat && { responseMimeType: 'application/json' }),
    ...(responseFormat?.type === 'json_schema' && { responseJsonSchema: responseFormat.schema }),
    ...(stop.length > 0 && { stopSequences: stop }),
    // A seed has 32 bits here: the same one every time is all that is asked of it.
    ...(seed !== null && { seed: seed | 0 }),
    ...(samples && topP !== null && { topP }),
    // Models that know no penalty refuse even one of nothing.
    ...(samples && presencePenalty && { presencePenalty }),
    ...(samples && frequencyPenalty && { frequencyPenalty }),
  }
}

/** How tools are chosen; null leaves it to the model. */
function choiceOf(choice: CallOptions['toolChoice']): Fields | null {
  if (choice === null) return null
  if (typeof choice === 'object') return { mode: 'ANY', allowedFunctionNames: [choice.name] }
  return { mode: { auto: 'AUTO', none: 'NONE', required: 'ANY' }[choice] }
}

function thinkingOf({ model, reasoning, efforts: listed }: ProviderRequest): Fields | null {
  const known = knownModel(model)
  if (known?.thinking === 'budget') return budgetOf(model, reasoning, listed)
  const efforts = (listed ?? known?.efforts ?? []).filter((effort) =>
    thinkingLevels.includes(effort),
  )
  const thinkingLevel = effortSent({ reasoning, efforts })
  return thinkingLevel && { includeThoughts: true, thinkingLevel }
}

function budgetOf(
  model: string,
  reasoning: ProviderRequest['reasoning'],
  efforts: ProviderRequest['efforts'],
): Fields | null {
  if (!reasoning.enabled || reasoning.effort === 'none') {
    return { thinkingBudget: /-pro\b/.test(modelNameOf(model)) ? proBudgetMin : 0 }
  }
  const effort = effortSent({ reasoning, efforts })
  if (effort === null || effort === 'none') return null
  return { includeThoughts: true, thinkingBudget: budgets[effort] }
}

interface Content {
  role: 'user' | 'model'
  parts: Fields[]
}

/** The turns as contents whose roles alternate: what tools answered is the user's to say. */
function contentsOf({ turns, model }: ProviderRequest): Content[] {
  const contents: Content[] = []
  const mustSign = signingModel.test(modelNameOf(model))
  for (const turn of joinNeighbours(turns)) {
    const role = turn.role === 'assistant' ? 'model' : 'user'
    const parts = partsOf(turn, mustSign)
    const last = contents.at(-1)
    if (parts.length === 0) continue
    if (last?.role === role) last.parts.push(...parts)
    else contents.push({ role, parts })
  }
  return contents
}

function partsOf(turn: Turn, mustSign: boolean): Fields[] {
  switch (turn.role) {
    case 'user':
      return userParts(turn, 'images').map((part) =>
        part.type === 'text' ? { text: part.text } : imagePart(part.image),
      )
    case 'assistant':
      return assistantParts(turn, mustSign)
    case 'tool': {
      const { callId, name, text, isError } = turn
      const response = isError ? { error: text } : { output: text }
      return [{ functionResponse: { ...idOf(callId), name, response } }]
    }
    default:
      return turn satisfies never
  }
}

function assistantParts(
  { text, toolCalls = [], carried = [] }: Extract<Turn, { role: 'assistant' }>,
  mustSign: boolean,
): Fields[] {
  if (toolCalls.length === 0) return textParts(text)
  const signatures = new Map(carried.map(signatureOf).filter(([, signature]) => signature !== ''))
  // Of several calls at once, the first speaks for all.
  if (mustSign && !toolCalls.some(({ id }) => signatures.has(id))) {
    signatures.set(toolCalls[0]?.id ?? null, signatureLost)
  }
  const signed = (callId: string | null) => {
    const thoughtSignature = signatures.get(callId)
    return thoughtSignature ? { thoughtSignature } : {}
  }
  return [
    ...textParts(text).map((part) => ({ ...part, ...signed(null) })),
    ...toolCalls.map((call) => ({ ...callPart(call), ...signed(call.id) })),
  ]
}

function signatureOf(carried: unknown): [callId: string | null, signature: string] {
  const fields = fieldsOf(carried)
  return [textOf(fields?.callId) || null, textOf(fields?.thoughtSignature)]
}

/** A part without text is refused, so it is none. */
function textParts(text: string): Fields[] {
  return text === '' ? [] : [{ text }]
}

function imagePart({ mediaType, base64 }: PromptImage): Fields {
  return { inlineData: { mimeType: mediaType, data: base64 } }
}

function callPart({ id, name, arguments: given }: ToolCall): Fields {
  return { functionCall: { ...idOf(id), name, args: jsonObjectOf(given) } }
}

function idOf(id: string): Fields {
  return id.startsWith(mintedIdPrefix) ? {} : { id }
}

/** `parameters` would take a small part of JSON Schema only. */
function declaration({ name, description, parameters }: ToolDefinition): Fields {
  return { name, description, parametersJsonSchema: parameters }
}
