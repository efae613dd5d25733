import type { ApiKey } from '#contract/api-keys.ts'
import { t } from '../../text/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { KeyFacts, KeyName } from '../../ui/key-facts.tsx'
import { Link } from '../../ui/navigation.tsx'

interface KeyRowProps {
  apiKey: ApiKey
  onRevoke: () => void
}

/** A key of somebody, as administrators see it. */
export function KeyRow({ apiKey, onRevoke }: KeyRowProps) {
  const { name, owner } = apiKey
  return (
    <li className="flex items-start gap-3 px-5 py-4">
      <div className="min-w-0 flex-1">
        <KeyName apiKey={apiKey} />
        {owner && (
          <Link
            to={`/main/admin/users?user=${owner.id}`}
            className="rounded text-sm ring-focus hover:underline"
          >
            {owner.username}
          </Link>
        )}
        <KeyFacts apiKey={apiKey} />
      </div>
      <Button
        size="small"
        variant="ghost"
        className="-mr-2 -mt-1"
        aria-label={t('apiKeys.revokeNamed', { name })}
        onClick={onRevoke}
      >
        {t('apiKeys.revoke')}
      </Button>
    </li>
  )
}
