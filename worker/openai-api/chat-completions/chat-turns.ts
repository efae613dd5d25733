import type { Fault } from '../../platform/fault.ts'
import type { Turn, UserPart } from '../../providers/provider.ts'
import type { ChatMessage } from './chat-body.ts'
import { imageAt, type Images } from '../call-images.ts'
import { invalidField, unsupportedField } from '../field-faults.ts'

type Of<Role extends ChatMessage['role']> = Extract<ChatMessage, { role: Role }>
type AssistantTurn = Extract<Turn, { role: 'assistant' }>

/** What a call says to a model: its standing instructions, and who said what. */
export interface ChatTurns {
  system: string | null
  turns: Turn[]
}

/** The messages of a call as turns. `images` holds those that are elsewhere, by their address. */
export function chatTurns(messages: readonly ChatMessage[], images: Images): ChatTurns {
  const system: string[] = []
  const turns: Turn[] = []
  const calls = new OpenCalls()
  for (const [index, message] of messages.entries()) {
    const path = `messages.${index}`
    switch (message.role) {
      case 'system':
      case 'developer':
        system.push(textOf(message.content))
        break
      case 'user':
        calls.close(path)
        turns.push(userTurn(message, path, images))
        break
      case 'assistant': {
        calls.close(path)
        const turn = assistantTurn(message, path)
        calls.open(turn, path)
        turns.push(turn)
        break
      }
      case 'tool':
        turns.push(calls.answer(message, path))
        break
      case 'function':
        throw unsupportedField(`${path}.role`)
      default:
        return message satisfies never
    }
  }
  calls.close()
  return { system: system.length > 0 ? system.join('\n\n') : null, turns }
}

/** The calls of the last turn, each of which has to be answered before anybody speaks again. */
class OpenCalls {
  #path = ''
  #names = new Map<string, string>()
  readonly #unanswered = new Set<string>()

  open({ toolCalls = [] }: AssistantTurn, path: string): void {
    this.#path = path
    this.#names = new Map(toolCalls.map(({ id, name }) => [id, name]))
    for (const { id } of toolCalls) this.#unanswered.add(id)
  }

  answer({ tool_call_id: callId, content }: Of<'tool'>, path: string): Turn {
    const name = this.#names.get(callId)
    if (name === undefined) {
      const message = `Invalid parameter: 'tool_call_id' of '${callId}' not found in 'tool_calls' of previous message.`
      throw invalidField(`${path}.tool_call_id`, message)
    }
    this.#unanswered.delete(callId)
    return { role: 'tool', callId, name, text: textOf(content) }
  }

  /** Refuses calls that are left unanswered where the message at `path` begins. */
  close(path = this.#path): void {
    if (this.#unanswered.size > 0) throw unanswered([...this.#unanswered], path)
    this.#names.clear()
  }
}

function unanswered(ids: readonly string[], path: string): Fault {
  const message = `An assistant message with 'tool_calls' must be followed by tool messages responding to each 'tool_call_id'. The following tool_call_ids did not have response messages: ${ids.join(', ')}`
  return invalidField(`${path}.role`, message)
}

function textOf(content: string | readonly { text: string }[]): string {
  return typeof content === 'string' ? content : content.map(({ text }) => text).join('\n')
}

function userTurn({ content }: Of<'user'>, path: string, known: Images): Turn {
  if (typeof content === 'string') return { role: 'user', text: content }
  const parts = content.map((part, index): UserPart => {
    const at = `${path}.content.${index}`
    if (part.type === 'text') return { type: 'text', text: part.text }
    if (part.type !== 'image_url') throw unsupportedField(`${at}.type`)
    return { type: 'image', image: imageAt(part.image_url.url, `${at}.image_url.url`, known) }
  })
  const text = parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n')
  const images = parts.flatMap((part) => (part.type === 'image' ? [part.image] : []))
  return { role: 'user', text, ...(images.length > 0 && { images, parts }) }
}

function assistantTurn(
  { content, refusal, tool_calls: calls }: Of<'assistant'>,
  path: string,
): AssistantTurn {
  const parts = typeof content === 'string' ? [{ text: content }] : (content ?? [])
  const said = parts.map((part) => ('text' in part ? part.text : part.refusal))
  const text = [...said, refusal ?? ''].filter((each) => each !== '').join('\n')
  const toolCalls = (calls ?? []).map(({ id, function: called }, index) => {
    if (!called) throw unsupportedField(`${path}.tool_calls.${index}.type`)
    return { id, name: called.name, arguments: called.arguments }
  })
  return { role: 'assistant', text, ...(toolCalls.length > 0 && { toolCalls }) }
}
