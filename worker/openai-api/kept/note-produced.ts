import { tokensOf } from '../../chat/tokens.ts'
import type { CallAccount } from '../call-account.ts'

const deltaField =
  /"(?:delta|content|reasoning|reasoning_content|refusal|arguments)":"((?:[^"\\]|\\.)+)"/g
const delta = /"type":"response\.\w+\.delta"|"delta":\{/

/** Counts what a lost run has put out by the frames it has left; nobody else knows any more. */
export function noteProduced(texts: Iterable<string>, account: CallAccount): void {
  for (const text of texts) {
    for (const frame of text.split('\n\n')) {
      if (!delta.test(frame)) continue
      for (const [, said = ''] of frame.matchAll(deltaField)) account.produce(tokensOf(said))
    }
  }
}
