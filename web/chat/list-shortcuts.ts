import { navigate } from '../ui/navigation.tsx'
import { useShortcut } from '../ui/shortcuts.ts'
import { listOf } from './conversations-state.ts'
import { conversationsValue } from './conversations-store.ts'
import { focusComposer } from './focus-composer.ts'
import { useCurrentConversation } from './sidebar.tsx'

/** The shortcuts that lead from one conversation to another. */
export function useListShortcuts() {
  const currentId = useCurrentConversation()

  function go(step: 1 | -1): boolean {
    const list = listOf(conversationsValue.get())
    const at = list.findIndex(({ id }) => id === currentId)
    const next = at === -1 ? list[0] : list[at + step]
    if (next) navigate(`/main/${next.id}`)
    return next !== undefined
  }

  useShortcut('previousConversation', () => go(-1))
  useShortcut('nextConversation', () => go(1))
  useShortcut('newConversation', () => {
    navigate('/main')
    focusComposer()
  })
}
