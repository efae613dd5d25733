import { tokensOf } from '../../chat/tokens.ts'
import { fieldsOf, jsonIn } from '../../providers/narrow.ts'
import { usageOf } from '../../providers/usage.ts'
import type { CallAccount } from '../call-account.ts'
import { dataOf } from '../event-blocks.ts'

const textField =
  /"(?:delta|content|reasoning|reasoning_content|refusal|arguments)"\s*:\s*"((?:[^"\\]|\\.)+)"/g
const delta = /"type"\s*:\s*"response\.\w+\.delta"|"delta"\s*:\s*\{/
const usageField = /"usage"\s*:\s*\{/

/** Counts what a lost run has put out by the frames it has left; nobody else knows any more. */
export function noteProduced(texts: Iterable<string>, account: CallAccount): void {
  for (const text of texts) {
    for (const frame of text.split('\n\n')) {
      if (usageField.test(frame)) account.usage = usageIn(frame) ?? account.usage
      if (!delta.test(frame)) continue
      for (const [, said = ''] of frame.matchAll(textField)) account.produce(tokensOf(said))
    }
  }
}

function usageIn(frame: string) {
  const event = fieldsOf(jsonIn(dataOf(frame)))
  return usageOf(event?.usage ?? fieldsOf(event?.response)?.usage)
}
