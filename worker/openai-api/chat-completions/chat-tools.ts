import type { CallOptions, ToolDefinition } from '../../providers/provider.ts'
import type { ChatBody, ChatTool } from './chat-body.ts'
import { invalidField, unsupportedField } from '../field-faults.ts'
import { toolNamed, withoutTools } from '../tool-named.ts'

/** What a model may call, and whether it may, must or must not. */
export interface ChatTools {
  tools: ToolDefinition[]
  toolChoice: CallOptions['toolChoice']
}

/** The tools of a call. Of those, a choice of several leaves the allowed ones alone. */
export function chatTools({ tools: given, tool_choice: choice }: ChatBody): ChatTools {
  const tools = (given ?? []).map(toolOf)
  if (!choice || typeof choice === 'string') {
    if (choice === 'required' && tools.length === 0) throw withoutTools()
    return { tools, toolChoice: tools.length === 0 ? null : (choice ?? null) }
  }
  switch (choice.type) {
    case 'function': {
      const { name } = choice.function
      return { tools, toolChoice: toolNamed(name, tools, 'tool_choice.function.name') }
    }
    case 'allowed_tools': {
      const { mode, tools: listed } = choice.allowed_tools
      const names = listed.map(({ function: called }, index) => {
        const path = `tool_choice.allowed_tools.tools.${index}`
        if (!called) throw unsupportedField(`${path}.type`)
        return toolNamed(called.name, tools, `${path}.function.name`).name
      })
      const allowed = tools.filter(({ name }) => names.includes(name))
      if (allowed.length === 0) throw withoutTools()
      return { tools: allowed, toolChoice: mode }
    }
    case 'custom':
      throw unsupportedField('tool_choice.type')
    default:
      return choice satisfies never
  }
}

function toolOf({ type, function: called }: ChatTool, index: number): ToolDefinition {
  if (type === 'custom') throw unsupportedField(`tools.${index}.type`)
  if (!called) throw invalidField(`tools.${index}.function`, 'Missing required parameter.')
  return {
    name: called.name,
    description: called.description ?? '',
    parameters: called.parameters ?? { type: 'object', properties: {} },
    ...(typeof called.strict === 'boolean' && { strict: called.strict }),
  }
}
