import { useState } from 'react'
import type { User } from '#contract/accounts.ts'
import type { Id } from '#contract/ids.ts'

/** Accounts that are selected, wherever they are shown: a selection outlives its page. */
export function useSelection() {
  const [selected, setSelected] = useState<ReadonlyMap<Id<'user'>, User>>(new Map())

  function select(users: readonly User[], isSelected: boolean) {
    setSelected((last) => {
      const next = new Map(last)
      for (const user of users) {
        if (isSelected) next.set(user.id, user)
        else next.delete(user.id)
      }
      return next
    })
  }
  function forget(ids: readonly Id<'user'>[]) {
    setSelected((last) => {
      const gone = new Set(ids)
      return new Map([...last].filter(([id]) => !gone.has(id)))
    })
  }
  return { selected, select, forget, clear: () => setSelected(new Map()) }
}
