import { t } from '../../text/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Notice } from '../../ui/notice.tsx'
import { accountProblemText } from './account-problem.ts'
import type { Decided } from './decide-many.ts'

interface OutcomeDialogProps {
  decided: readonly Decided[]
  onClose: () => void
}

/** For which accounts a decision failed, and why. */
export function OutcomeDialog({ decided, onClose }: OutcomeDialogProps) {
  const failed = decided.filter(({ ok }) => !ok)
  const done = decided.length - failed.length
  return (
    <Dialog
      open
      width="small"
      title={t('users.outcome')}
      closeLabel={t('common.close')}
      onClose={onClose}
      footer={
        <Button variant="primary" onClick={onClose}>
          {t('users.done')}
        </Button>
      }
    >
      <div className="flex flex-col gap-4">
        {done > 0 && <Notice tone="success">{t('users.outcomeDone', { n: done })}</Notice>}
        <Notice tone="danger">
          <p>{t('users.outcomeFailed', { n: failed.length })}</p>
          <dl className="mt-2 flex flex-col gap-2">
            {failed.map(({ user, problem }) => (
              <div key={user.id}>
                <dt className="font-medium">{user.username}</dt>
                <dd>{problem ? accountProblemText(problem) : t('error.title')}</dd>
              </div>
            ))}
          </dl>
        </Notice>
      </div>
    </Dialog>
  )
}
