import { useState } from 'react'
import { Cable, Plus } from 'lucide-react'
import {
  deleteConnection,
  exportConnections,
  importConnections,
  listConnections,
  updateConnection,
  type Connection,
} from '#contract/connections.ts'
import { refreshModels, type Refreshed } from '#contract/models.ts'
import { call } from '../api/call.ts'
import { errorText } from '../api/error-text.ts'
import { listAll } from '../api/list-all.ts'
import { useRequest } from '../api/use-request.ts'
import { t } from '../text/i18n.ts'
import { Button } from '../ui/button.tsx'
import { Card } from '../ui/card.tsx'
import { ConfirmDialog } from '../ui/confirm-dialog.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { Link } from '../ui/navigation.tsx'
import { Section } from '../ui/section.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { toast } from '../ui/toast.ts'
import { ConnectionDialog } from './connection-dialog.tsx'
import { movedBy, orderBehind, orderChanges } from './connection-order.ts'
import { ConnectionRow } from './connection-row.tsx'
import { ImportNotice, type ImportedConnection } from './import-notice.tsx'
import { RefreshNotice } from './refresh-notice.tsx'
import { TransferMenu } from './transfer-menu.tsx'

/** What came of something done with all of them. */
type Outcome =
  | { type: 'refreshed'; items: readonly Refreshed[] }
  | { type: 'imported'; items: readonly ImportedConnection[] }

interface ConnectionsPageProps {
  /** The models somebody may choose may be others now. */
  onChange: () => void
}

/** Every connection to a model provider. */
export default function ConnectionsPage({ onChange }: ConnectionsPageProps) {
  const { state, reload, replace } = useRequest('connections', (signal) =>
    listAll((query) => call(listConnections, { query, signal })),
  )
  const [editing, setEditing] = useState<Connection | 'new' | null>(null)
  const [deleting, setDeleting] = useState<Connection | null>(null)
  const [isMoving, setIsMoving] = useState(false)
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const [announcement, setAnnouncement] = useState('')
  const items = state.type === 'ready' ? state.reply : []

  function put(connection: Connection) {
    replace((known) =>
      known.some(({ id }) => id === connection.id)
        ? known.map((other) => (other.id === connection.id ? connection : other))
        : [...known, connection],
    )
    onChange()
  }
  async function move(from: number, step: 1 | -1) {
    const moved = movedBy(items, from, step)
    const position = from + step
    replace(() => moved)
    setIsMoving(true)
    try {
      for (const { id, order } of orderChanges(moved, position)) {
        put(await call(updateConnection, { params: { id }, body: { order } }))
      }
      const { name } = moved[position] as Connection
      setAnnouncement(t('connections.moved', { name, position: position + 1, count: moved.length }))
    } catch (error) {
      toast(errorText(error), { tone: 'danger' })
      reload()
    } finally {
      setIsMoving(false)
    }
  }
  async function remove({ id }: Connection) {
    try {
      await call(deleteConnection, { params: { id } })
      replace((known) => known.filter((other) => other.id !== id))
      onChange()
    } catch (error) {
      toast(errorText(error), { tone: 'danger' })
    }
  }

  async function refreshAll() {
    setOutcome(null)
    const { items: refreshed } = await call(refreshModels)
    setOutcome({ type: 'refreshed', items: refreshed })
    reload()
    onChange()
  }
  async function importFile(file: unknown) {
    setOutcome(null)
    const { items: imported } = await call(importConnections, { body: file })
    setOutcome({ type: 'imported', items: imported })
    reload()
    onChange()
  }

  const add = (
    <Button
      variant="primary"
      icon={<Plus aria-hidden className="size-4" />}
      onClick={() => setEditing('new')}
    >
      {t('connections.add')}
    </Button>
  )
  return (
    <>
      <Section
        title={t('settings.connections')}
        hint={t('connections.hint')}
        action={
          <div className="flex gap-2">
            {items.length > 0 && add}
            <TransferMenu
              fileName="aichat-connections.json"
              read={() => call(exportConnections)}
              write={importFile}
              onRefreshAll={refreshAll}
            />
          </div>
        }
      >
        {outcome?.type === 'imported' && <ImportNotice items={outcome.items} />}
        {outcome?.type === 'refreshed' && (
          <RefreshNotice
            items={outcome.items}
            nameOf={(id) => items.find((connection) => connection.id === id)?.name ?? id}
          />
        )}
        <Card>
          {state.type === 'loading' && <Waiting />}
          {state.type === 'failed' && (
            <ErrorState
              title={t('error.title')}
              detail={errorText(state.error)}
              action={<Button onClick={reload}>{t('common.retry')}</Button>}
            />
          )}
          {state.type === 'ready' && items.length === 0 && (
            <EmptyState
              icon={<Cable aria-hidden className="size-5" />}
              title={t('connections.emptyTitle')}
              action={add}
            >
              {t('connections.empty')}
            </EmptyState>
          )}
          {items.map((connection, at) => (
            <ConnectionRow
              key={connection.id}
              connection={connection}
              onChange={put}
              isMoving={isMoving}
              onMoveUp={at > 0 ? () => move(at, -1) : null}
              onMoveDown={at < items.length - 1 ? () => move(at, 1) : null}
              onEdit={() => setEditing(connection)}
              onDelete={() => setDeleting(connection)}
            />
          ))}
        </Card>
        <p role="status" className="sr-only">
          {announcement}
        </p>
      </Section>
      <p className="-mt-4 text-sm text-muted">
        {t('connections.privateText')}{' '}
        <Link
          to="/main/admin/network#provider.allowPrivateHosts"
          className="rounded font-medium text-accent ring-focus hover:underline"
        >
          {t('connections.toPrivate')}
        </Link>
      </p>
      {editing && (
        <ConnectionDialog
          connection={editing === 'new' ? null : editing}
          orderOfNew={orderBehind(items)}
          onClose={() => setEditing(null)}
          onSaved={(connection) => {
            put(connection)
            setEditing(null)
            toast(t('connections.saved', { name: connection.name }), { tone: 'success' })
          }}
        />
      )}
      <ConfirmDialog
        open={deleting !== null}
        danger
        title={t('connections.deleteTitle', { name: deleting?.name ?? '' })}
        confirmLabel={t('common.delete')}
        cancelLabel={t('common.cancel')}
        onClose={() => setDeleting(null)}
        onConfirm={() => (deleting ? remove(deleting) : undefined)}
      >
        {t('connections.deleteText')}
      </ConfirmDialog>
    </>
  )
}

function Waiting() {
  return (
    <div role="status" aria-label={t('common.loading')} className="divide-y divide-line">
      {[1, 2].map((row) => (
        <div key={row} className="px-5 py-4">
          <Skeleton className="mb-2 h-5 w-32" />
          <Skeleton className="h-4 w-64 max-w-full" />
        </div>
      ))}
    </div>
  )
}
