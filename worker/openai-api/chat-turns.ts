import type { PromptImage, Turn } from '../providers/provider.ts'
import type { ChatMessage } from './chat-body.ts'
import { invalidField, unsupportedField } from './field-faults.ts'
import { imageAt, type Images } from './chat-images.ts'

type Of<Role extends ChatMessage['role']> = Extract<ChatMessage, { role: Role }>

/** What a call says to a model: its standing instructions, and who said what. */
export interface ChatTurns {
  system: string | null
  turns: Turn[]
}

/** The messages of a call as turns. `images` holds those that are elsewhere, by their address. */
export function chatTurns(messages: readonly ChatMessage[], images: Images): ChatTurns {
  const system: string[] = []
  const turns: Turn[] = []
  /** Names of the calls so far, and those of the last turn that wait for their results. */
  const names = new Map<string, string>()
  for (const [index, message] of messages.entries()) {
    const path = `messages.${index}`
    switch (message.role) {
      case 'system':
      case 'developer':
        system.push(textOf(message.content))
        break
      case 'user':
        turns.push(userTurn(message, path, images))
        break
      case 'assistant': {
        const turn = assistantTurn(message, path)
        for (const { id, name } of turn.toolCalls ?? []) names.set(id, name)
        turns.push(turn)
        break
      }
      case 'tool': {
        const name = names.get(message.tool_call_id)
        if (name === undefined) throw unknownCall(path, message.tool_call_id)
        const text = textOf(message.content)
        turns.push({ role: 'tool', callId: message.tool_call_id, name, text })
        break
      }
      case 'function':
        throw unsupportedField(`${path}.role`)
      default:
        return message satisfies never
    }
  }
  return { system: system.length > 0 ? system.join('\n\n') : null, turns }
}

function textOf(content: string | readonly { text: string }[]): string {
  return typeof content === 'string' ? content : content.map(({ text }) => text).join('\n')
}

function userTurn({ content }: Of<'user'>, path: string, known: Images): Turn {
  if (typeof content === 'string') return { role: 'user', text: content }
  const texts: string[] = []
  const images: PromptImage[] = []
  for (const [index, part] of content.entries()) {
    const at = `${path}.content.${index}`
    if (part.type === 'text') texts.push(part.text)
    else if (part.type === 'image_url') images.push(imageAt(part.image_url.url, at, known))
    else throw unsupportedField(`${at}.type`)
  }
  return { role: 'user', text: texts.join('\n'), ...(images.length > 0 && { images }) }
}

function assistantTurn(
  { content, refusal, tool_calls: calls }: Of<'assistant'>,
  path: string,
): Extract<Turn, { role: 'assistant' }> {
  const parts = typeof content === 'string' ? [{ text: content }] : (content ?? [])
  const said = parts.map((part) => ('text' in part ? part.text : part.refusal))
  const text = [...said, refusal ?? ''].filter((each) => each !== '').join('\n')
  const toolCalls = (calls ?? []).map(({ id, function: called }, index) => {
    if (!called) throw unsupportedField(`${path}.tool_calls.${index}.type`)
    return { id, name: called.name, arguments: called.arguments }
  })
  return { role: 'assistant', text, ...(toolCalls.length > 0 && { toolCalls }) }
}

function unknownCall(path: string, id: string) {
  const message = `Invalid parameter: 'tool_call_id' of '${id}' not found in 'tool_calls' of previous message.`
  return invalidField(`${path}.tool_call_id`, message)
}
