import type { Message } from '../contract/message.ts'
import { textOf } from '../contract/parts.ts'
import type { Language } from '../contract/problems.ts'
import { Fault } from '../platform/fault.ts'
import type { OrderTurn } from './generation-order.ts'
import { imagesToSend, textWithImages, type ImageChoice } from './prompt-images.ts'
import { promptTokens, tokensOfTurn } from './tokens.ts'

export interface PromptInput {
  /** Root first, ending with the message to answer, or with the reply to go on with. */
  thread: readonly Message[]
  system: string
  /** False sends no history. */
  context: boolean
  isContinuing: boolean
  contextWindow: number
  /** The model's completion limit; null when nobody knows it, and then none is sent. */
  outputTokens: number | null
  images: ImageChoice
}

export interface Prompt {
  turns: OrderTurn[]
  promptTokens: number
  outputTokensMax: number | null
}

export const continueInstruction =
  'Continue your last answer exactly where it stopped. Repeat nothing of it, add no introduction and no remark about the interruption.'

/**
 * What is sent of a thread: the newest turns that fit into the window beside system text and the
 * room kept for the answer, never opening with an assistant turn. Refuses `context_too_long` when
 * the message alone does not fit.
 */
export function buildPrompt(input: PromptInput): Prompt {
  const { system, contextWindow, outputTokens } = input
  const turns = turnsOf(input)
  const systemTokens = system === '' ? 0 : tokensOfTurn('system', system)
  const required = turns.slice(-(input.isContinuing ? 3 : 1))
  const requiredTokens = promptTokens + systemTokens + sum(required)
  if (requiredTokens > contextWindow) {
    throw new Fault('context_too_long', { tokens: requiredTokens, tokensMax: contextWindow })
  }
  const reserve = Math.min(outputTokens ?? 4_096, Math.max(1_024, Math.floor(contextWindow / 4)))
  const kept = newestThatFit(turns, required.length, contextWindow - reserve - systemTokens)
  const used = promptTokens + systemTokens + sum(kept)
  return {
    turns: kept,
    promptTokens: used,
    outputTokensMax:
      outputTokens === null ? null : Math.min(outputTokens, Math.max(256, contextWindow - used)),
  }
}

function sum(turns: readonly OrderTurn[]): number {
  return turns.reduce((total, turn) => total + weightOf(turn), 0)
}

function weightOf(turn: OrderTurn): number {
  const images = turn.role === 'user' ? (turn.images?.length ?? 0) : 0
  return tokensOfTurn(turn.role, turn.text, images)
}

/** The longest tail within `budget` that opens with a user turn; the last `kept` always belong. */
export function newestThatFit(
  turns: readonly OrderTurn[],
  kept: number,
  budget: number,
): OrderTurn[] {
  const least = Math.max(0, turns.length - kept)
  let from = least
  let used = promptTokens + sum(turns.slice(from))
  while (from > 0) {
    used += weightOf(turns[from - 1]!)
    if (used > budget) break
    from--
  }
  while (from < least && turns[from]!.role === 'assistant') from++
  return turns.slice(from)
}

function turnsOf({ thread, context, isContinuing, images }: PromptInput): OrderTurn[] {
  const asked = thread.length - (isContinuing ? 2 : 1)
  const sent = imagesToSend(thread, thread[asked], images)
  const turns = thread.flatMap((message, index): OrderTurn[] => {
    const isTarget = index >= asked
    if (!context && !isTarget) return []
    if (message.role === 'user') return userTurns(message, sent)
    const text = textOf(message.parts)
    const isLeftOut = message.supersededBy !== null && !isTarget
    return text === '' || isLeftOut ? [] : [{ role: message.role, text }]
  })
  return isContinuing ? [...turns, { role: 'user', text: continueInstruction }] : turns
}

function userTurns({ parts }: Message, sent: ReturnType<typeof imagesToSend>): OrderTurn[] {
  const text = textWithImages(parts, sent)
  const images = parts.flatMap((part) => sent.get(part) ?? [])
  if (images.length > 0) return [{ role: 'user', text, images }]
  return text === '' ? [] : [{ role: 'user', text }]
}

export interface SystemTextInput {
  conversationPrompt: string | null
  personalPrompt: string | null
  installationPrompt: string
  language: Language
  username: string
  model: string
  timeZone: string
  now: number
}

/** The first prompt that is not blank, its variables filled in. */
export function systemText(input: SystemTextInput): string {
  const { conversationPrompt, personalPrompt, installationPrompt, language } = input
  const prompts = [conversationPrompt, personalPrompt, installationPrompt]
  const text =
    prompts.find((prompt) => prompt !== null && prompt.trim() !== '') ?? builtIn[language]
  return fillIn(text, input)
}

const builtIn: Record<Language, string> = {
  en: 'You are a helpful assistant. The current time is {day time}.',
  zh: '你是一个乐于助人的助手。当前时间是 {day time}。',
}

function fillIn(text: string, { username, model, timeZone, now }: SystemTextInput): string {
  const { date, time, offset } = clockOf(now, timeZone)
  const values: Record<string, string> = {
    'day time': `${date} ${time} (${offset})`,
    date,
    time,
    username,
    model,
  }
  return text.replace(/\{\s*([a-z]+(?:\s+[a-z]+)?)\s*\}/gi, (whole, name: string) => {
    return values[name.toLowerCase().replace(/\s+/g, ' ')] ?? whole
  })
}

function clockOf(now: number, timeZone: string): { date: string; time: string; offset: string } {
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'longOffset',
  })
  const part = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]))
  const offset = (part['timeZoneName'] ?? 'GMT').replace('GMT', '') || '+00:00'
  return {
    date: `${part['year']}-${part['month']}-${part['day']}`,
    time: `${part['hour']}:${part['minute']}:${part['second']}`,
    offset: `UTC${offset}`,
  }
}
