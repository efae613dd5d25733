import { tokensOf } from '../../chat/tokens.ts'
import { fieldsOf, listOf, textOf, type Fields } from '../../providers/narrow.ts'
import { errorIn, faultOfError } from '../../providers/provider-faults.ts'
import { usageOf } from '../../providers/usage.ts'
import type { CallAccount } from '../call-account.ts'

export interface PassedOptions {
  /** The name the caller knows the model by. */
  model: string
  /** What must not be repeated to anybody. */
  secrets: readonly string[]
  account: CallAccount
}

/** Counts what a call is charged for by an event of its upstream. Throws the upstream's error. */
export function noteEvent(event: Fields, { account, secrets }: PassedOptions): void {
  const type = textOf(event.type)
  if (typeof event.delta === 'string') {
    account.produce(tokensOf(event.delta), type.startsWith('response.reasoning'))
  }
  const begun = type === 'response.output_item.added' ? fieldsOf(event.item) : null
  if (begun) account.isReasoning = begun.type === 'reasoning'
  const response = fieldsOf(event.response)
  const usage = usageOf(response?.usage)
  if (usage) account.usage = usage
  // Some send an error as they would for a chat completion, without a type.
  const isError = event.type === 'error' || (typeof event.type !== 'string' && event.error)
  if (isError) throw faultOfError(errorIn(event, 'error'), secrets)
  // An upstream may tell all at the end and nothing before.
  if (!account.hasProduced && listOf(response?.output).some(saysSomething)) account.produce(0)
}

function saysSomething(item: unknown): boolean {
  const fields = fieldsOf(item)
  if (fields?.type !== 'message') return fields?.type !== 'reasoning'
  return listOf(fields.content).some((part) => {
    const { text, refusal } = fieldsOf(part) ?? {}
    return textOf(text) !== '' || textOf(refusal) !== ''
  })
}
