import { useState } from 'react'
import { Ellipsis, Link as LinkIcon, RotateCcw, UserPlus, UserSearch, Users } from 'lucide-react'
import type { User } from '#contract/accounts.ts'
import type { Id } from '#contract/ids.ts'
import type { BulkAction } from '#contract/users.ts'
import { errorText } from '../../api/error-text.ts'
import { loadMe } from '../../api/me.ts'
import { t } from '../../text/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Menu } from '../../ui/menu.tsx'
import { MenuItem } from '../../ui/menu-items.tsx'
import { Section } from '../../ui/section.tsx'
import { toast } from '../../ui/toast.ts'
import { ActDialogs } from './act-dialogs.tsx'
import { BulkDialog } from './bulk-dialog.tsx'
import type { Decided } from './decide-many.ts'
import { Invitation, InvitationDialog } from './invitation.tsx'
import { NewUserDialog } from './new-user-dialog.tsx'
import { Pager } from './pager.tsx'
import { QuotaResetDialog } from './quota-reset-dialog.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { tellOutcome, useActs, type Outcome } from './use-acts.ts'
import { useSelection } from './use-selection.ts'
import { closeUser, openUser, useUsers } from './use-users.ts'
import { UserDialog } from './user-dialog.tsx'
import { UserFilters } from './user-filters.tsx'
import { UserList, WaitingList } from './user-list.tsx'
import { isFiltered, wholeList } from './users-query.ts'

type OpenDialog = 'new' | 'invite' | 'quotas' | BulkAction

/** Everybody with an account: who waits to be let in first. */
export default function UsersPage() {
  const { query, state, list, isStale, show, put, reload } = useUsers()
  const selection = useSelection()
  const [dialog, setDialog] = useState<OpenDialog | null>(null)
  const [version, setVersion] = useState(0)
  const { busyId, asked, start, stopAsking } = useActs(onOutcome, reloadAll)

  function onOutcome(outcome: Outcome) {
    tellOutcome(outcome)
    selection.forget([outcome.user.id])
    setVersion((last) => last + 1)
    if (outcome.type === 'changed') put(outcome.user)
    else onDeleted(outcome.user.id)
    keepFocus(outcome.user.id)
  }
  function onDeleted(id: Id<'user'>) {
    if (query.user === id) closeUser(query)
    reloadAll()
  }
  function onDecided(decided: readonly Decided[]) {
    const done = decided.filter(({ ok }) => ok)
    if (done.length === decided.length) {
      toast(t('users.outcomeDone', { n: done.length }), { tone: 'success' })
    }
    selection.forget(done.map(({ user }) => user.id))
    reloadAll()
  }
  function reloadAll() {
    setVersion((last) => last + 1)
    reload()
    loadMe().catch(() => {})
  }

  function turnTo(page: number) {
    show({ page })
    // A page is read from its beginning.
    document.querySelector('[role=region]')?.scrollTo({ top: 0 })
  }

  const users = list?.items ?? []
  const isAlone = list?.total === 1 && !isFiltered(query)
  return (
    <Section
      title={t('settings.users')}
      hint={t('users.hint')}
      action={<PageActions onOpen={setDialog} />}
    >
      <UserFilters query={query} onChange={show} />
      {state.type === 'failed' && (
        <ErrorState
          title={t('error.title')}
          detail={errorText(state.error)}
          action={<Button onClick={reload}>{t('common.retry')}</Button>}
        />
      )}
      {!list && state.type === 'loading' && <WaitingList />}
      {list && state.type !== 'failed' && (
        <>
          {users.length > 0 && (
            <SelectionBar
              shown={users}
              total={list.total}
              selected={selection.selected}
              onSelect={selection.select}
              onClear={selection.clear}
              onAct={setDialog}
            />
          )}
          {users.length > 0 && (
            <UserList
              users={users}
              isStale={isStale}
              selected={selection.selected}
              busyId={busyId}
              onSelect={(user, isSelected) => selection.select([user], isSelected)}
              onOpen={({ id }) => openUser(query, id)}
              onAct={start}
            />
          )}
          {users.length === 0 && <NobodyFits onShowAll={() => show(wholeList)} />}
          {users.length > 0 && <Pager page={list.page} total={list.total} onPage={turnTo} />}
          {isAlone && <NobodyElse onNew={() => setDialog('new')} />}
        </>
      )}
      {query.user && (
        <UserDialog
          id={query.user}
          known={users.find(({ id }) => id === query.user) ?? null}
          version={version}
          isBusy={busyId === query.user}
          onAct={start}
          onClose={() => closeUser(query)}
        />
      )}
      {asked && <ActDialogs asked={asked} onOutcome={onOutcome} onClose={stopAsking} />}
      <PageDialog
        open={dialog}
        selected={[...selection.selected.values()]}
        onDecided={onDecided}
        onChange={reloadAll}
        onClose={() => setDialog(null)}
      />
    </Section>
  )
}

/** Where what was pressed is gone with what it was for, the focus stays with the account. */
function keepFocus(id: Id<'user'>) {
  requestAnimationFrame(() => {
    if (document.activeElement !== document.body) return
    const nameOf = (which: string) => document.querySelector<HTMLElement>(`[data-user${which}]`)
    const name = nameOf(`="${id}"`) ?? nameOf('')
    name?.focus({ preventScroll: true })
  })
}

/** What is about nobody in particular. */
function PageActions({ onOpen }: { onOpen: (dialog: OpenDialog) => void }) {
  return (
    <div className="flex gap-2">
      <Button
        variant="primary"
        icon={<UserPlus aria-hidden className="size-4" />}
        onClick={() => onOpen('new')}
      >
        {t('users.new')}
      </Button>
      <Menu
        align="end"
        trigger={(trigger) => (
          <IconButton
            label={t('users.more')}
            variant="secondary"
            icon={<Ellipsis className="size-4.5" />}
            {...trigger}
          />
        )}
      >
        <MenuItem icon={<LinkIcon />} onSelect={() => onOpen('invite')}>
          {t('users.invite')}
        </MenuItem>
        <MenuItem icon={<RotateCcw />} onSelect={() => onOpen('quotas')}>
          {t('users.resetQuotas')}
        </MenuItem>
      </Menu>
    </div>
  )
}

interface PageDialogProps {
  open: OpenDialog | null
  selected: readonly User[]
  onDecided: (decided: readonly Decided[]) => void
  onChange: () => void
  onClose: () => void
}

function PageDialog({ open, selected, onDecided, onChange, onClose }: PageDialogProps) {
  switch (open) {
    case null:
      return null
    case 'new':
      return <NewUserDialog onDone={onChange} onClose={onClose} />
    case 'invite':
      return <InvitationDialog onClose={onClose} />
    case 'quotas':
      return <QuotaResetDialog onDone={onChange} onClose={onClose} />
    default:
      return <BulkDialog action={open} users={selected} onDone={onDecided} onClose={onClose} />
  }
}

function NobodyFits({ onShowAll }: { onShowAll: () => void }) {
  return (
    <EmptyState
      icon={<UserSearch aria-hidden className="size-5" />}
      title={t('users.none')}
      action={<Button onClick={onShowAll}>{t('users.showAll')}</Button>}
    >
      {t('users.noneText')}
    </EmptyState>
  )
}

function NobodyElse({ onNew }: { onNew: () => void }) {
  return (
    <EmptyState
      icon={<Users aria-hidden className="size-5" />}
      title={t('users.aloneTitle')}
      action={<Button onClick={onNew}>{t('users.new')}</Button>}
    >
      <Invitation />
    </EmptyState>
  )
}
