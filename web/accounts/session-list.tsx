import { useState } from 'react'
import { Monitor, Smartphone } from 'lucide-react'
import {
  listSessions,
  revokeOtherSessions,
  revokeSession,
  type Session,
} from '#contract/accounts.ts'
import { call } from '../api/call.ts'
import { errorText } from '../api/error-text.ts'
import { useRequest } from '../api/use-request.ts'
import { t } from '../text/i18n.ts'
import { timeAgo } from '../text/time-ago.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { Section } from '../ui/section.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { toast } from '../ui/toast.ts'
import { browserOf } from './browser-of.ts'

/** Every browser that is signed in to this account, with a way to end it. */
export function SessionList() {
  const { state, reload, replace } = useRequest('sessions', (signal) =>
    call(listSessions, { signal }),
  )
  const [busy, setBusy] = useState<string | null>(null)

  async function end(what: 'others' | Session['id']) {
    setBusy(what)
    try {
      if (what === 'others') await call(revokeOtherSessions)
      else await call(revokeSession, { params: { id: what } })
      replace(({ items }) => ({
        items: items.filter(({ id, current }) => (what === 'others' ? current : id !== what)),
      }))
    } catch (error) {
      toast(errorText(error), { tone: 'danger' })
    } finally {
      setBusy(null)
    }
  }

  const items = state.type === 'ready' ? state.reply.items : []
  return (
    <Section
      id="security.sessions"
      title={t('security.sessions')}
      hint={t('security.sessionsHint')}
      action={
        items.length > 1 && (
          <Button size="small" loading={busy === 'others'} onClick={() => end('others')}>
            {t('security.endOthers')}
          </Button>
        )
      }
    >
      <Card>
        {state.type === 'loading' && <Waiting />}
        {state.type === 'failed' && (
          <ErrorState
            title={t('error.title')}
            detail={errorText(state.error)}
            action={<Button onClick={reload}>{t('common.retry')}</Button>}
          />
        )}
        {items.map((session) => (
          <SessionRow
            key={session.id}
            session={session}
            isBusy={busy === session.id}
            onEnd={() => end(session.id)}
          />
        ))}
      </Card>
    </Section>
  )
}

interface SessionRowProps {
  session: Session
  isBusy: boolean
  onEnd: () => void
}

function SessionRow({ session, isBusy, onEnd }: SessionRowProps) {
  const { browser, system, isPhone } = browserOf(session.userAgent)
  const Icon = isPhone ? Smartphone : Monitor
  const name = [browser ?? t('security.unknownBrowser'), system].filter(Boolean).join(' · ')
  return (
    <div className="flex items-center gap-4 px-5 py-4">
      <Icon aria-hidden className="size-5 shrink-0 text-muted" />
      <div className="min-w-0 flex-1">
        <div className="flex flex-wrap items-center gap-2 text-sm font-medium">
          {name}
          {session.current && <Badge tone="success">{t('security.thisBrowser')}</Badge>}
        </div>
        <div className="text-sm text-muted [overflow-wrap:anywhere]">
          {session.current
            ? session.address
            : `${session.address} · ${timeAgo(session.lastSeenAt)}`}
        </div>
      </div>
      {!session.current && (
        <Button
          size="small"
          variant="ghost"
          loading={isBusy}
          aria-label={t('security.endNamed', { name })}
          onClick={onEnd}
        >
          {t('account.signOut')}
        </Button>
      )}
    </div>
  )
}

function Waiting() {
  return (
    <div role="status" aria-label={t('common.loading')} className="divide-y divide-line">
      {[1, 2].map((row) => (
        <div key={row} className="flex items-center gap-4 px-5 py-4">
          <Skeleton className="size-5" />
          <div className="flex-1">
            <Skeleton className="mb-2 h-4 w-40" />
            <Skeleton className="h-4 w-56" />
          </div>
        </div>
      ))}
    </div>
  )
}
