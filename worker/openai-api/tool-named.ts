import type { ToolDefinition } from '../providers/provider.ts'
import { invalidField } from './field-faults.ts'

/** The choice of one tool by its name; refuses a name that is not among the tools. */
export function toolNamed(
  name: unknown,
  tools: readonly ToolDefinition[],
  path: string,
): { name: string } {
  const tool = tools.find((each) => each.name === name)
  if (tool) return { name: tool.name }
  throw invalidField(path, `Invalid value: '${String(name)}' is not among the 'tools'.`)
}

export function withoutTools() {
  return invalidField('tool_choice', "Invalid value: a choice is only allowed among 'tools'.")
}
