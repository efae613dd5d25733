import type { Id } from '#contract/ids.ts'
import { createValue } from '../api/value.ts'

/** Instructions that were typed and not saved. */
interface InstructionDraft {
  text: string
  /** What was stored when it was begun. */
  base: string | null
}

type Drafts = ReadonlyMap<Id<'conversation'>, InstructionDraft>

/** Kept while moving between conversations; leaving the page with one asks first. */
export const instructionDrafts = createValue<Drafts>(new Map())

/** The draft after `text` was typed over what is stored; null when they are the same. */
export function draftAfter(
  draft: InstructionDraft | null,
  text: string,
  stored: string | null,
): InstructionDraft | null {
  if (text === (stored ?? '')) return null
  return { text, base: draft ? draft.base : stored }
}

export function setInstructionDraft(id: Id<'conversation'>, draft: InstructionDraft | null) {
  const drafts = new Map(instructionDrafts.get())
  if (draft) drafts.set(id, draft)
  else drafts.delete(id)
  instructionDrafts.set(drafts)
  if (drafts.size > 0) addEventListener('beforeunload', ask)
  else removeEventListener('beforeunload', ask)
}

function ask(event: BeforeUnloadEvent) {
  event.preventDefault()
}
