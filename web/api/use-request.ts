import { useCallback, useEffect, useState } from 'react'

export type Requested<Reply> =
  | { type: 'loading' }
  | { type: 'ready'; reply: Reply }
  | { type: 'failed'; error: unknown }

interface Request<Reply> {
  state: Requested<Reply>
  /** The newest reply there is: the last one while another is on its way or failed. */
  latest: Reply | null
  /** Asks again; what is shown stays until the answer is there. */
  reload: () => void
  /** Puts what is known otherwise in the place of the reply. */
  replace: (change: (reply: Reply) => Reply) => void
}

interface Answer<Reply> {
  key: string
  state: Requested<Reply>
  latest: Reply | null
}

/**
 * Asks when the component appears and whenever `key` changes. `ask` itself may be a new function
 * each time: only `key` says that it asks for something else.
 */
export function useRequest<Reply>(
  key: string,
  ask: (signal: AbortSignal) => Promise<Reply>,
): Request<Reply> {
  const [answer, setAnswer] = useState<Answer<Reply>>()
  const [round, setRound] = useState(0)

  useEffect(() => {
    const stop = new AbortController()
    ask(stop.signal).then(
      (reply) => {
        if (!stop.signal.aborted) setAnswer(ready(key, reply))
      },
      (error: unknown) => {
        if (stop.signal.aborted) return
        setAnswer((last) => ({
          key,
          state: { type: 'failed', error },
          latest: last?.latest ?? null,
        }))
      },
    )
    return () => stop.abort()
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `ask` is another function each time
  }, [key, round])

  const reload = useCallback(() => setRound((last) => last + 1), [])
  const replace = useCallback(
    (change: (reply: Reply) => Reply) =>
      setAnswer((last) =>
        last?.state.type === 'ready' ? ready(last.key, change(last.state.reply)) : last,
      ),
    [],
  )
  const isCurrent = answer?.key === key
  return {
    state: isCurrent ? answer.state : { type: 'loading' },
    latest: answer?.latest ?? null,
    reload,
    replace,
  }
}

function ready<Reply>(key: string, reply: Reply): Answer<Reply> {
  return { key, state: { type: 'ready', reply }, latest: reply }
}
