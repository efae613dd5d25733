import { Check, Circle } from 'lucide-react'
import { t } from '../text/i18n.ts'
import { classNames } from './class-names.ts'
import { passwordRules } from './password-rules.ts'

/** What a new password needs, ticked off while it is typed. */
export function PasswordRuleList({ password, username }: { password: string; username: string }) {
  return (
    <ul className="flex flex-wrap gap-x-5 gap-y-1 text-sm">
      {passwordRules(password, username).map(([rule, isKept]) => {
        const Icon = isKept ? Check : Circle
        return (
          <li
            key={rule}
            className={classNames(
              'flex items-center gap-2',
              isKept ? 'text-success' : 'text-muted',
            )}
          >
            <Icon aria-hidden className={isKept ? 'size-4' : 'mx-1 size-2'} />
            {t(`password.rule.${rule}`)}
            <span className="sr-only">{isKept ? t('password.kept') : t('password.open')}</span>
          </li>
        )
      })}
    </ul>
  )
}
