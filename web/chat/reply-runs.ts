import type { GenerateInput } from '#contract/chat.ts'
import { isTerminal, type LoggedEvent } from '#contract/generation-events.ts'
import { isRunning, type Message } from '#contract/message.ts'
import type { FollowOptions } from '../api/follow.ts'
import { Refused } from '../api/refused.ts'
import { contextStartOf } from './context-start.ts'
import type { ConversationDeps } from './conversation-deps.ts'
import { withRun, withoutRun, type ConversationState } from './conversation-state.ts'
import { runOf, withEvent, withKeepalive, withStored, type Run } from './run.ts'
import { withMessages, type MessageId } from './thread-state.ts'

export interface ReplyRuns {
  /**
   * Begins the generation of `start`, once `prepare` is done, and follows it. `onAccepted` is
   * called when the server has it; rejects when it will not.
   */
  begin(
    start: GenerateInput,
    onAccepted: () => void,
    prepare?: () => Promise<unknown>,
  ): Promise<void>
  /** Follows every running reply of the thread, and leaves those that turned out to have ended. */
  followThread(): void
  /** Stops following everything. The replies go on; `followThread` catches up with them. */
  leave(): void
}

interface Options {
  get(): ConversationState
  change(to: (state: ConversationState) => ConversationState): void
  deps: ConversationDeps
  /** A reply has reached its end in the state. */
  onEnd(replyId: MessageId): void
  /** A reply the thread shows is not at the server any more. */
  onMissing(): void
}

/** The replies of one conversation that are being written, folded from their logs as they come. */
export function replyRuns({ get, change, deps, onEnd, onMissing }: Options): ReplyRuns {
  const followed = new Map<MessageId, AbortController>()

  function changeRun(replyId: MessageId, to: (run: Run) => Run) {
    const run = get().runs.get(replyId)
    if (run) change((state) => withRun(state, replyId, to(run)))
  }

  function fold(replyId: MessageId, logged: LoggedEvent) {
    const { event } = logged
    changeRun(replyId, (run) => withEvent(run, logged, deps.now()))
    if (event.type === 'quota') deps.onQuota(event.quota)
    if (event.type === 'usage' && event.phase === 'prompt') {
      change((state) => withContext(state, replyId, event.context.tokens))
    }
    if (!isTerminal(event)) return
    change((state) => settled(state, replyId))
    onEnd(replyId)
  }

  async function follow(
    replyId: MessageId,
    begun: Pick<FollowOptions, 'start' | 'prepare'> = {},
    onAccepted?: () => void,
  ) {
    const leaving = new AbortController()
    followed.set(replyId, leaving)
    let accepted = false
    try {
      await deps.follow({
        replyId,
        after: get().runs.get(replyId)?.seq ?? 0,
        ...begun,
        signal: leaving.signal,
        onEvent: (logged) => fold(replyId, logged),
        onKeepalive: (keepalive) =>
          changeRun(replyId, (run) => withKeepalive(run, keepalive, deps.now())),
        onConnection(connection) {
          changeRun(replyId, (run) => ({ ...run, reconnecting: connection === 'lost' }))
          if (connection !== 'open' || accepted) return
          accepted = true
          onAccepted?.()
        },
      })
    } catch (error) {
      if (!leaving.signal.aborted) throw error
    } finally {
      if (followed.get(replyId) === leaving) followed.delete(replyId)
    }
  }

  function join(message: Message) {
    const known = get().runs.get(message.id)
    change((state) => withRun(state, message.id, known ?? runOf(message, deps.now())))
    follow(message.id).catch((error: unknown) => {
      changeRun(message.id, (run) => ({ ...run, reconnecting: true }))
      if (error instanceof Refused && error.problem.code === 'not_found') onMissing()
    })
  }

  function leaveEnded() {
    for (const [id, run] of get().runs) {
      const stored = get().messages.get(id)
      if (!stored) continue
      if (isRunning(stored.state)) {
        change((state) => withRun(state, id, withStored(run, stored)))
        continue
      }
      followed.get(id)?.abort()
      change((state) => withoutRun(state, id))
      onEnd(id)
    }
  }

  return {
    begin: (start, onAccepted, prepare) => follow(start.replyId, { start, prepare }, onAccepted),
    followThread() {
      leaveEnded()
      for (const id of get().thread) {
        const message = get().messages.get(id)
        if (message && isRunning(message.state) && !followed.has(id)) join(message)
      }
    },
    leave() {
      for (const leaving of followed.values()) leaving.abort()
      followed.clear()
    },
  }
}

function settled(state: ConversationState, replyId: MessageId): ConversationState {
  const run = state.runs.get(replyId)
  if (!run) return state
  return withoutRun({ ...state, messages: withMessages(state.messages, [run.shown]) }, replyId)
}

function withContext(state: ConversationState, replyId: MessageId, tokens: number) {
  const prompt = state.thread.slice(0, state.thread.indexOf(replyId))
  const messages = prompt.flatMap((id) => state.messages.get(id) ?? [])
  return { ...state, contextStart: contextStartOf(messages, tokens) }
}
