import type { Conversation } from '#contract/conversations.ts'
import type { Id } from '#contract/ids.ts'
import { Refused } from '../api/refused.ts'
import type { ConversationDeps } from './conversation-deps.ts'
import type { ConversationState } from './conversation-state.ts'

interface Options {
  id: Id<'conversation'>
  get(): ConversationState
  put(conversation: Conversation): void
  /** Reads the conversation anew. */
  read(): Promise<void>
  deps: Pick<ConversationDeps, 'createConversation' | 'setSystemPrompt'>
}

/** The instructions of one conversation: before it is there, and afterwards. */
export function conversationInstructions({ id, get, put, read, deps }: Options) {
  let isCreated = false

  async function create() {
    await deps.createConversation(id, promptOf(get().chosen.systemPrompt))
    isCreated = true
  }
  async function save(text: string) {
    const { conversation } = get()
    if (conversation) put(await deps.setSystemPrompt(id, promptOf(text), conversation.revision))
  }

  return {
    /** What has to be done before a first message can be answered by its instructions, if anything. */
    prepare(): (() => Promise<void>) | undefined {
      const { status, chosen } = get()
      if (status.type !== 'new') return undefined
      return isCreated || promptOf(chosen.systemPrompt) !== null ? create : undefined
    },
    /**
     * Changes the instructions from `base`. Rejects with `revision_conflict` when they are others
     * by now; the conversation then shows which.
     */
    async change(text: string, base: string | null): Promise<void> {
      try {
        await save(text)
      } catch (error) {
        if (!(error instanceof Refused) || error.problem.code !== 'revision_conflict') throw error
        await read()
        // That there are new messages is no reason to ask.
        if ((get().conversation?.systemPrompt ?? null) !== base) throw error
        await save(text)
      }
    },
  }
}

/** Instructions without the blanks around them; there are none when nothing else is there. */
function promptOf(text: string | null): string | null {
  return text?.trim() || null
}
