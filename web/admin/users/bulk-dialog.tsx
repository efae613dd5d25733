import { useState } from 'react'
import type { User } from '#contract/accounts.ts'
import type { BulkAction } from '#contract/users.ts'
import { t } from '../../text/i18n.ts'
import { Field, TextInput } from '../../ui/field.tsx'
import { Notice } from '../../ui/notice.tsx'
import { decideMany, type Decided } from './decide-many.ts'
import { FormDialog } from './form-dialog.tsx'
import { OutcomeDialog } from './outcome-dialog.tsx'
import { ReasonField } from './reason-field.tsx'
import { fitFor } from './user-acts.ts'

interface BulkDialogProps {
  action: BulkAction
  users: readonly User[]
  onDone: (decided: readonly Decided[]) => void
  onClose: () => void
}

/** The same decision about many accounts, and what came of it for each. */
export function BulkDialog({ action, users, onDone, onClose }: BulkDialogProps) {
  const [reason, setReason] = useState('')
  const [typed, setTyped] = useState('')
  const [decided, setDecided] = useState<readonly Decided[] | null>(null)
  const fit = fitFor(action, users)
  const others = users.length - fit.length
  const isDeletion = action === 'delete'

  async function decide() {
    const outcome = await decideMany(action, fit, reason.trim())
    onDone(outcome)
    if (outcome.every(({ ok }) => ok)) onClose()
    else setDecided(outcome)
  }

  if (decided) return <OutcomeDialog decided={decided} onClose={onClose} />
  return (
    <FormDialog
      danger={action === 'reject' || action === 'disable' || isDeletion}
      title={t(`users.bulk.${action}`, { n: fit.length })}
      submitLabel={t(isDeletion ? 'users.deleteConfirm' : `users.${action}`)}
      disabled={isDeletion && typed.trim() !== String(fit.length)}
      onSubmit={decide}
      onClose={onClose}
    >
      <p className="text-sm leading-6 text-muted">{t(`users.bulkText.${action}`)}</p>
      <Names users={fit} />
      {others > 0 && <Notice>{t('users.bulkOthers', { n: others })}</Notice>}
      {(action === 'reject' || action === 'disable') && (
        <ReasonField value={reason} onChange={setReason} />
      )}
      {isDeletion && (
        <Field label={t('users.bulkType', { n: fit.length })}>
          <TextInput
            inputMode="numeric"
            autoComplete="off"
            data-autofocus
            value={typed}
            onChange={({ target }) => setTyped(target.value)}
          />
        </Field>
      )}
    </FormDialog>
  )
}

const namesMax = 12

function Names({ users }: { users: readonly User[] }) {
  const more = users.length - namesMax
  return (
    <p className="text-sm [overflow-wrap:anywhere]">
      {users
        .slice(0, namesMax)
        .map(({ username }) => username)
        .join(', ')}
      {more > 0 && ` ${t('users.andMore', { n: more })}`}
    </p>
  )
}
