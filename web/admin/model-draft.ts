import {
  type Audience,
  type Model,
  type ModelOriginal,
  type ModelOverride,
} from '#contract/models.ts'
import type { Effort } from '#contract/reasoning.ts'
import { parseAmount, parseCount, parseList } from '../ui/count-text.ts'
import { saidIn, sentCapabilities, type SaidCapabilities } from './said-capabilities.ts'

export type AccessWord = 'allow' | 'deny' | 'inherit'
export const audiences = ['user', 'guest'] as const satisfies Audience[]
export const priceKinds = ['input', 'output', 'cachedInput'] as const
export type PriceKind = (typeof priceKinds)[number]

export const contextBounds = { min: 256, max: 10_000_000 }
export const outputBounds = { min: 1, max: 10_000_000 }
export const priceMax = 1_000_000

/** What an administrator says of one model; empty and null are as the model's sources say. */
export interface ModelDraft {
  label: string
  isHidden: boolean
  tags: string | null
  capabilities: SaidCapabilities
  contextWindow: string
  outputTokens: string
  efforts: readonly Effort[] | null
  price: Record<PriceKind, string>
  access: Record<Audience, AccessWord>
}

export const blankDraft: ModelDraft = {
  label: '',
  isHidden: false,
  tags: null,
  capabilities: {},
  contextWindow: '',
  outputTokens: '',
  efforts: null,
  price: { input: '', output: '', cachedInput: '' },
  access: { user: 'inherit', guest: 'inherit' },
}

export function draftOfModel({ override = {} }: Model): ModelDraft {
  const { price, access, capabilities } = override
  return {
    label: override.label ?? '',
    isHidden: override.hidden === true,
    tags: override.tags?.join(', ') ?? null,
    capabilities: saidIn(capabilities ?? {}),
    contextWindow: textOf(override.contextWindow),
    outputTokens: textOf(override.outputTokens),
    efforts: override.efforts ?? null,
    price: {
      input: textOf(price?.input),
      output: textOf(price?.output),
      cachedInput: textOf(price?.cachedInput),
    },
    access: { user: access?.user ?? 'inherit', guest: access?.guest ?? 'inherit' },
  }
}

function textOf(value: number | null | undefined): string {
  return value === null || value === undefined ? '' : String(value)
}

/** What each field returns to when it is overridden no longer. */
export function originalOf(model: Model): ModelOriginal {
  if (model.original) return model.original
  const { label, tags, capabilities, capabilitySources = {}, reasoning } = model
  const { contextWindow, contextSource, outputTokens, outputSource } = model
  const limits = { contextWindow, contextSource, outputTokens, outputSource }
  const efforts = reasoning?.efforts ?? null
  return { label, tags, capabilities, capabilitySources, efforts, ...limits }
}

export type UnfitField = 'contextWindow' | 'outputTokens' | PriceKind

/** The fields in which something was typed that cannot be meant. */
export function unfitFields(draft: ModelDraft): UnfitField[] {
  const { context, output, price } = numbersOf(draft)
  const prices = priceKinds.filter((kind) => price[kind] === 'unfit')
  return [
    ...(context === 'unfit' ? ['contextWindow' as const] : []),
    ...(output === 'unfit' ? ['outputTokens' as const] : []),
    ...prices,
  ]
}

function numbersOf({ contextWindow, outputTokens, price }: ModelDraft) {
  return {
    context: parseCount(contextWindow, contextBounds.min, contextBounds.max),
    output: parseCount(outputTokens, outputBounds.min, outputBounds.max),
    price: {
      input: parseAmount(price.input, priceMax),
      output: parseAmount(price.output, priceMax),
      cachedInput: parseAmount(price.cachedInput, priceMax),
    },
  }
}

/** What differs from the override as it is stored; null returns a field to its source. */
export function patchOfModel(draft: ModelDraft, model: Model): ModelOverride {
  const before = wantedOf(draftOfModel(model))
  const after = wantedOf(draft)
  return Object.fromEntries(
    Object.entries(after).filter(
      ([field, value]) =>
        JSON.stringify(value) !== JSON.stringify(before[field as keyof typeof before]),
    ),
  ) as ModelOverride
}

/** Everything the draft says, field by field. Only fits a draft without unfit fields. */
function wantedOf(draft: ModelDraft): ModelOverride {
  const { context, output, price } = numbersOf(draft)
  const fit = <Value>(value: Value | 'unfit') => (value === 'unfit' ? null : value)
  const word = (audience: Audience) =>
    draft.access[audience] === 'inherit' ? null : draft.access[audience]
  return {
    label: draft.label.trim() || null,
    hidden: draft.isHidden || null,
    tags: draft.tags === null ? null : tagsOf(draft.tags),
    capabilities: sentCapabilities(draft.capabilities),
    contextWindow: fit(context),
    outputTokens: fit(output),
    efforts: draft.efforts && [...draft.efforts],
    price: {
      input: fit(price.input),
      output: fit(price.output),
      cachedInput: fit(price.cachedInput),
    },
    access: { guest: word('guest'), user: word('user') },
  }
}

export function tagsOf(text: string): string[] {
  return parseList(text, /[,，\n]/)
}
