import type { ProviderId } from '../../contract/connections.ts'
import type { Turn, UserPart } from '../../providers/provider.ts'
import { imageAt, type Images } from '../call-images.ts'
import type { ChatTurns } from '../chat-completions/chat-turns.ts'
import { checkBody } from '../check-body.ts'
import { invalidField, unsupportedField } from '../field-faults.ts'
import { unpackCarried } from './pack-carried.ts'
import type { Item } from './response-items.ts'
import {
  FunctionCall,
  FunctionCallOutput,
  InputMessage,
  ReasoningItem,
  type InputPart,
} from './responses-body.ts'

type AssistantTurn = Extract<Turn, { role: 'assistant' }>

interface Reading {
  provider: ProviderId
  /** Those that are elsewhere, by their address. */
  images: Images
  /** How many items come from earlier responses, so that the rest is named as the caller knows it. */
  earlier: number
}

/** The items of a response as turns. What one side says without being answered is one turn. */
export function responsesTurns(
  items: readonly Item[],
  instructions: string | null,
  reading: Reading,
): ChatTurns {
  const reader = new ItemReader(reading)
  if (instructions) reader.system.push(instructions)
  for (const [index, item] of items.entries()) reader.take(item, index)
  reader.end()
  const { system, turns } = reader
  return { system: system.length > 0 ? system.join('\n\n') : null, turns }
}

class ItemReader {
  readonly system: string[] = []
  readonly turns: Turn[] = []
  readonly #reading: Reading
  /** Names of the calls so far, by their ids. */
  readonly #names = new Map<string, string>()
  readonly #unanswered = new Set<string>()

  constructor(reading: Reading) {
    this.#reading = reading
  }

  take(item: Item, index: number): void {
    const path = this.#pathOf(index)
    switch (item.type) {
      case 'message':
        return this.#message(checkBody(InputMessage, item, path), path)
      case 'function_call': {
        const { call_id: id, name, arguments: given } = checkBody(FunctionCall, item, path)
        this.#names.set(id, name)
        this.#unanswered.add(id)
        const turn = this.#assistant()
        turn.toolCalls = [...(turn.toolCalls ?? []), { id, name, arguments: given }]
        return
      }
      case 'function_call_output': {
        const { call_id: callId, output } = checkBody(FunctionCallOutput, item, path)
        const name = this.#names.get(callId)
        if (name === undefined) {
          const message = `No tool call found for function call output with call_id ${callId}.`
          throw invalidField('input', message)
        }
        this.#unanswered.delete(callId)
        this.turns.push({ role: 'tool', callId, name, text: textIn(output, `${path}.output`) })
        return
      }
      case 'reasoning': {
        const { encrypted_content: packed } = checkBody(ReasoningItem, item, path)
        const carried = unpackCarried(this.#reading.provider, packed ?? '')
        if (carried.length === 0) return
        const turn = this.#assistant()
        turn.carried = [...(turn.carried ?? []), ...carried]
        return
      }
      default:
        throw unsupportedField(`${path}.type`)
    }
  }

  /** Refuses calls nobody has answered. */
  end(): void {
    const [id] = this.#unanswered
    if (id !== undefined)
      throw invalidField('input', `No tool output found for function call ${id}.`)
  }

  #pathOf(index: number): string {
    const { earlier } = this.#reading
    return index < earlier ? 'previous_response_id' : `input.${index - earlier}`
  }

  #message({ role, content }: InputMessage, path: string): void {
    if (role === 'user') {
      this.end()
      this.turns.push(this.#userTurn(content, `${path}.content`))
    } else if (role === 'assistant') {
      const turn = this.#assistant()
      turn.text = [turn.text, textIn(content, `${path}.content`)].filter(Boolean).join('\n')
    } else this.system.push(textIn(content, `${path}.content`))
  }

  /** The turn the model is in the middle of, or a new one. */
  #assistant(): AssistantTurn & { toolCalls?: AssistantTurn['toolCalls'] } {
    const last = this.turns.at(-1)
    if (last?.role === 'assistant') return last
    const turn: AssistantTurn = { role: 'assistant', text: '' }
    this.turns.push(turn)
    return turn
  }

  #userTurn(content: string | readonly InputPart[], path: string): Turn {
    if (typeof content === 'string') return { role: 'user', text: content }
    const parts = content.map((part, index): UserPart => {
      if (part.type !== 'input_image') {
        return { type: 'text', text: textOfPart(part, `${path}.${index}`) }
      }
      const at = `${path}.${index}.image_url`
      if (!part.image_url) throw unsupportedField(part.file_id ? `${path}.${index}.file_id` : at)
      return { type: 'image', image: imageAt(part.image_url, at, this.#reading.images) }
    })
    const text = parts.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n')
    const images = parts.flatMap((part) => (part.type === 'image' ? [part.image] : []))
    return { role: 'user', text, ...(images.length > 0 && { images, parts }) }
  }
}

function textIn(content: string | readonly InputPart[], path: string): string {
  if (typeof content === 'string') return content
  return content.map((part, index) => textOfPart(part, `${path}.${index}`)).join('\n')
}

function textOfPart(part: InputPart, path: string): string {
  switch (part.type) {
    case 'input_text':
    case 'output_text':
    case 'text':
      return part.text
    case 'refusal':
      return part.refusal
    default:
      throw unsupportedField(`${path}.type`)
  }
}
