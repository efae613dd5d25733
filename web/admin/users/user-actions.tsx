import type { User } from '#contract/accounts.ts'
import { useMe } from '../../api/me.ts'
import { t } from '../../text/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Card, CardRow } from '../../ui/card.tsx'
import { LinkButton } from '../../ui/link-button.tsx'
import { otherRole } from './role-dialog.tsx'
import { decisionsFor, type UserAct } from './user-acts.ts'

interface UserActionsProps {
  user: User
  isBusy: boolean
  onAct: (act: UserAct) => void
}

/** What can be done about an account, each with what it means. */
export function UserActions({ user, isBusy, onAct }: UserActionsProps) {
  const { actor } = useMe()
  const isOwn = user.id === actor?.id
  return (
    <section className="flex flex-col gap-3">
      <h3 className="text-sm font-semibold">{t('users.actions')}</h3>
      {isOwn ? <OwnActions /> : <Actions user={user} isBusy={isBusy} onAct={onAct} />}
    </section>
  )
}

function Actions({ user, isBusy, onAct }: UserActionsProps) {
  const decisions = decisionsFor(user, undefined).filter((action) => action !== 'delete')
  return (
    <Card>
      {decisions.map((action, index) => (
        // Once one is made another takes its place, and with it the focus.
        <CardRow key={index} label={t(`users.${action}`)} hint={t(`users.about.${action}`)}>
          <Button
            size="small"
            variant={action === 'approve' ? 'primary' : 'secondary'}
            disabled={isBusy}
            onClick={() => onAct(action)}
          >
            {t(`users.${action}`)}
          </Button>
        </CardRow>
      ))}
      <CardRow label={t('users.name')} hint={t('users.about.rename')}>
        <Button size="small" onClick={() => onAct('rename')}>
          {t('users.rename')}
        </Button>
      </CardRow>
      <CardRow label={t('users.role')} hint={t(`users.roleHint.${user.role}`)}>
        <Button size="small" onClick={() => onAct('role')}>
          {t(`users.role.${otherRole(user)}`)}
        </Button>
      </CardRow>
      <CardRow label={t('account.password')} hint={t('users.about.password')}>
        <Button size="small" onClick={() => onAct('password')}>
          {t('users.setPassword')}
        </Button>
      </CardRow>
      <CardRow label={t('users.sessions')} hint={t('users.about.signOut')}>
        <Button size="small" onClick={() => onAct('signOut')}>
          {t('users.signOut')}
        </Button>
      </CardRow>
      <CardRow label={t('users.delete')} hint={t('users.about.delete')}>
        <Button size="small" variant="danger" onClick={() => onAct('delete')}>
          {t('common.delete')}
        </Button>
      </CardRow>
    </Card>
  )
}

/** One's own account is changed where everybody changes theirs. */
function OwnActions() {
  return (
    <Card>
      <CardRow label={t('users.ownTitle')} hint={t('users.ownText')}>
        <LinkButton size="small" to="/main/settings/security">
          {t('users.toOwn')}
        </LinkButton>
      </CardRow>
    </Card>
  )
}
