import { useEffect, useRef, useState } from 'react'

interface Page<Item> {
  items: Item[]
  nextCursor: string | null
}

interface Loaded<Item> {
  key: string
  items: readonly Item[]
  nextCursor: string | null
  error: unknown
  isLoading: boolean
}

/**
 * A list that is read page by page from its newest end; begins anew whenever `key` changes. `ask`
 * itself may be a new function each time. What `stays` is shown until the new beginning is there.
 */
export function usePages<Item>(
  key: string,
  ask: (cursor: string | undefined, signal: AbortSignal) => Promise<Page<Item>>,
  { stays = false }: { stays?: boolean } = {},
) {
  const [loaded, setLoaded] = useState<Loaded<Item>>(() => nothingOf(key))
  const running = useRef<AbortController>(null)

  function load(cursor: string | undefined, before: readonly Item[]) {
    running.current?.abort()
    const stop = new AbortController()
    running.current = stop
    setLoaded((last) => ({ ...last, key, error: null, isLoading: true }))
    ask(cursor, stop.signal).then(
      ({ items, nextCursor }) => {
        if (stop.signal.aborted) return
        setLoaded({
          ...nothingOf<Item>(key),
          items: [...before, ...items],
          nextCursor,
          isLoading: false,
        })
      },
      (error: unknown) => {
        if (!stop.signal.aborted) setLoaded((last) => ({ ...last, error, isLoading: false }))
      },
    )
  }
  useEffect(() => {
    load(undefined, [])
    return () => running.current?.abort()
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- `ask` is another function each time
  }, [key])

  const isShown = stays || loaded.key === key
  const { items, nextCursor, error, isLoading } = isShown ? loaded : nothingOf<Item>(key)
  return {
    items,
    error,
    isLoading,
    hasMore: nextCursor !== null,
    loadMore: () => load(nextCursor ?? undefined, items),
  }
}

function nothingOf<Item>(key: string): Loaded<Item> {
  return { key, items: [], nextCursor: null, error: null, isLoading: true }
}
