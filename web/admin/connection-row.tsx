import { useState } from 'react'
import {
  Activity,
  ArrowDown,
  ArrowUp,
  Ellipsis,
  Pencil,
  Power,
  RefreshCw,
  Trash2,
} from 'lucide-react'
import {
  getConnection,
  updateConnection,
  verifyStoredConnection,
  type Connection,
  type Verification,
} from '#contract/connections.ts'
import { refreshConnection, type Refreshed } from '#contract/models.ts'
import { call } from '../api/call.ts'
import { problemText } from '../api/problem-text.ts'
import { t } from '../text/i18n.ts'
import { timeAgo } from '../text/time-ago.ts'
import { Badge } from '../ui/badge.tsx'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { Menu } from '../ui/menu.tsx'
import { MenuItem, MenuSeparator } from '../ui/menu-items.tsx'
import { lacksKey } from './connection-draft.ts'
import { RefreshNotice } from './refresh-notice.tsx'
import { useAttempt } from './use-attempt.ts'
import { VerificationNotice } from './verification-notice.tsx'

/** What came of what was last done with it. */
type Outcome =
  | { type: 'verified'; verification: Verification }
  | { type: 'refreshed'; items: readonly Refreshed[] }

interface ConnectionRowProps {
  connection: Connection
  onChange: (connection: Connection) => void
  /** Null where there is no further place. */
  onMoveUp: (() => void) | null
  onMoveDown: (() => void) | null
  /** One of the list is on its way. */
  isMoving: boolean
  onEdit: () => void
  onDelete: () => void
}

/** A connection with its state, and what can be done with it. */
export function ConnectionRow(props: ConnectionRowProps) {
  const { connection, onChange, onMoveUp, onMoveDown, isMoving, onEdit, onDelete } = props
  const { id, name, baseUrl, enabled, prefix, tags } = connection
  const [busy, attempt] = useAttempt()
  const [outcome, setOutcome] = useState<Outcome | null>(null)

  const verify = () =>
    attempt(async () => {
      setOutcome(null)
      const verification = await call(verifyStoredConnection, { params: { id }, body: {} })
      setOutcome({ type: 'verified', verification })
    })
  const refresh = () =>
    attempt(async () => {
      setOutcome(null)
      const { items } = await call(refreshConnection, { params: { id } })
      setOutcome({ type: 'refreshed', items })
      onChange(await call(getConnection, { params: { id } }))
    })
  const toggle = () =>
    attempt(async () =>
      onChange(await call(updateConnection, { params: { id }, body: { enabled: !enabled } })),
    )

  return (
    <div className="flex flex-col gap-3 px-5 py-4">
      <div className="flex items-start gap-3">
        <div className="min-w-0 flex-1">
          <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <h3 className="truncate text-sm font-medium">{name}</h3>
            <StatusBadge connection={connection} />
            {prefix && <Badge>{prefix}.</Badge>}
            {tags.map((tag) => (
              <Badge key={tag}>{tag}</Badge>
            ))}
          </div>
          <p className="mt-0.5 truncate text-sm text-muted">{baseUrl}</p>
        </div>
        <Button
          size="small"
          loading={busy}
          className="max-sm:hidden"
          aria-label={t('connections.verifyNamed', { name })}
          onClick={verify}
        >
          {t('connections.verify')}
        </Button>
        <Menu
          align="end"
          trigger={(trigger) => (
            <IconButton
              label={t('connections.menu', { name })}
              icon={<Ellipsis className="size-4.5" />}
              {...trigger}
            />
          )}
        >
          <MenuItem icon={<Pencil />} onSelect={onEdit}>
            {t('connections.edit')}
          </MenuItem>
          <MenuItem icon={<Activity />} onSelect={verify}>
            {t('connections.verify')}
          </MenuItem>
          <MenuItem icon={<RefreshCw />} onSelect={refresh}>
            {t('connect.refresh')}
          </MenuItem>
          <MenuItem icon={<Power />} onSelect={toggle}>
            {enabled ? t('connections.disable') : t('connections.enable')}
          </MenuItem>
          {onMoveUp && (
            <MenuItem icon={<ArrowUp />} disabled={isMoving} onSelect={onMoveUp}>
              {t('connections.moveUp')}
            </MenuItem>
          )}
          {onMoveDown && (
            <MenuItem icon={<ArrowDown />} disabled={isMoving} onSelect={onMoveDown}>
              {t('connections.moveDown')}
            </MenuItem>
          )}
          <MenuSeparator />
          <MenuItem icon={<Trash2 />} danger onSelect={onDelete}>
            {t('common.delete')}
          </MenuItem>
        </Menu>
      </div>
      {outcome?.type === 'verified' && <VerificationNotice verification={outcome.verification} />}
      {outcome?.type === 'refreshed' && <RefreshNotice items={outcome.items} nameOf={() => name} />}
      {!outcome && <StatusWords connection={connection} />}
    </div>
  )
}

function StatusBadge({ connection }: { connection: Connection }) {
  const { enabled, status } = connection
  if (!enabled) return <Badge>{t('connections.disabled')}</Badge>
  if (lacksKey(connection)) return <Badge tone="warning">{t('connect.keyMissing')}</Badge>
  if (status.ok === null) return <Badge>{t('connections.unchecked')}</Badge>
  if (!status.ok) return <Badge tone="danger">{t('connections.failing')}</Badge>
  return <Badge tone="success">{t('connections.models', { n: status.models })}</Badge>
}

/** When its models were fetched; why that failed, in the provider's words. */
function StatusWords({ connection }: { connection: Connection }) {
  const { problem, ok, checkedAt } = connection.status
  if (lacksKey(connection)) {
    return <p className="text-sm text-muted">{t('connect.keyMissingText')}</p>
  }
  if (checkedAt === null) return null
  if (ok !== false || !problem) {
    return (
      <p className="text-sm text-muted">{t('connect.refreshedAt', { when: timeAgo(checkedAt) })}</p>
    )
  }
  const said = problem.provider as { status?: unknown; message?: unknown } | undefined
  return (
    <div className="text-sm">
      <p className="text-danger">{problemText(problem)}</p>
      {typeof said?.message === 'string' && (
        <p className="mt-0.5 text-muted [overflow-wrap:anywhere]">
          {said.status ? `${String(said.status)} ${said.message}` : said.message}
        </p>
      )}
      <p className="mt-0.5 text-muted">{t('connections.checked', { when: timeAgo(checkedAt) })}</p>
    </div>
  )
}
