import { useId } from 'react'
import { keyScopes, type KeyScope } from '#contract/api-keys.ts'
import { t } from '../../text/i18n.ts'
import { Badge } from '../../ui/badge.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import type { KeyFieldsProps } from './key-fields.tsx'

/** What a key may be used for; chosen once, when it is made. */
export function ScopesField({ draft, apiKey, unfit, onChange }: KeyFieldsProps) {
  const errorId = useId()
  const isUnfit = unfit.has('scopes')
  function toggle(scope: KeyScope, isChosen: boolean) {
    onChange({
      scopes: keyScopes.filter((other) =>
        other === scope ? isChosen : draft.scopes.includes(other),
      ),
    })
  }
  return (
    <fieldset aria-describedby={isUnfit ? errorId : undefined} className="flex flex-col gap-2">
      <legend className="text-sm font-medium">{t('apiKeys.scopes')}</legend>
      {apiKey ? (
        <>
          <p className="flex flex-wrap gap-1.5">
            {apiKey.scopes.map((scope) => (
              <Badge key={scope}>{t(`apiKeys.scope.${scope}`)}</Badge>
            ))}
          </p>
          <p className="text-sm text-muted">{t('apiKeys.scopesFixed')}</p>
        </>
      ) : (
        <div className="mt-1 flex flex-wrap gap-x-6 gap-y-2">
          {keyScopes.map((scope) => (
            <Checkbox
              key={scope}
              label={t(`apiKeys.scope.${scope}`)}
              checked={draft.scopes.includes(scope)}
              onChange={(isChosen) => toggle(scope, isChosen)}
            />
          ))}
        </div>
      )}
      {isUnfit && (
        <p id={errorId} role="alert" className="text-sm text-danger">
          {t('apiKeys.scopesMissing')}
        </p>
      )}
    </fieldset>
  )
}
