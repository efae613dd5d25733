import type { Id } from '#contract/ids.ts'
import { errorText } from '../api/error-text.ts'
import { t } from '../text/i18n.ts'
import { navigate } from '../ui/navigation.tsx'
import { toast } from '../ui/toast.ts'
import { confirmRemoval, removeConversations, undoRemoval } from './conversations-store.ts'

const undoMs = 5_000

const waiting = new Set<readonly Id<'conversation'>[]>()

/**
 * Takes conversations away at once but asks the server only after the time to undo it has passed,
 * or when the page is left. `openId` is the one on screen, which is closed with them.
 */
export function removeWithUndo(
  ids: readonly Id<'conversation'>[],
  openId: Id<'conversation'> | null,
) {
  removeConversations(ids)
  waiting.add(ids)
  const closes = openId !== null && ids.includes(openId)
  if (closes) navigate('/main', { replace: true })
  toast(t('sidebar.deleted', { n: ids.length }), {
    durationMs: undoMs,
    action: {
      label: t('common.undo'),
      onSelect() {
        waiting.delete(ids)
        undoRemoval(ids)
        if (closes) navigate(`/main/${openId}`, { replace: true })
      },
    },
    onExpire() {
      if (!waiting.delete(ids)) return
      confirmRemoval(ids).catch((error: unknown) => toast(errorText(error), { tone: 'danger' }))
    },
  })
}

addEventListener('pagehide', () => {
  for (const ids of waiting) confirmRemoval(ids, true).catch(() => {})
  waiting.clear()
})
