import { keyScopes, type ApiKey } from '#contract/api-keys.ts'
import { exactTime } from '../text/exact-time.ts'
import { currentLanguage, t } from '../text/i18n.ts'
import { Badge } from './badge.tsx'
import { TimeSince } from './time-since.tsx'
import { tooltip } from './tooltip.tsx'

/** The name of a key with its ending, as the head of a row. */
export function KeyName({ apiKey: { name, hint, expiresAt } }: { apiKey: ApiKey }) {
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-0.5">
      <h3 className="min-w-0 text-sm font-medium [overflow-wrap:anywhere]">{name}</h3>
      <span className="whitespace-nowrap font-mono text-xs text-muted">{hint}</span>
      {isOver(expiresAt) && <Badge tone="warning">{t('apiKeys.expired')}</Badge>}
    </div>
  )
}

/** What a key may be used for and how much, until when, and when it last was. */
export function KeyFacts({ apiKey }: { apiKey: ApiKey }) {
  const facts = [scopesText(apiKey), modelsText(apiKey), ...limitTexts(apiKey)]
  return (
    <div className="mt-0.5 text-sm text-muted">
      <p>{facts.filter((fact) => fact !== null).join(' · ')}</p>
      <p>
        <Expiry at={apiKey.expiresAt} />
        {' · '}
        {apiKey.lastUsedAt === null ? (
          t('apiKeys.neverUsed')
        ) : (
          <>
            {t('apiKeys.lastUsed')} <TimeSince at={apiKey.lastUsedAt} />
          </>
        )}
      </p>
    </div>
  )
}

/** A day in the words of the current language. */
export function dayText(at: number): string {
  return new Date(at).toLocaleDateString(currentLanguage(), { dateStyle: 'medium' })
}

function Expiry({ at }: { at: number | null }) {
  if (at === null) return t('apiKeys.neverExpires')
  const key = isOver(at) ? 'apiKeys.expiredOn' : 'apiKeys.expiresOn'
  return (
    <time
      dateTime={new Date(at).toISOString()}
      {...tooltip(exactTime(at))}
      className="whitespace-nowrap"
    >
      {t(key, { date: dayText(at) })}
    </time>
  )
}

function isOver(at: number | null, now = Date.now()): boolean {
  return at !== null && at <= now
}

function scopesText({ scopes }: ApiKey): string {
  const chosen = keyScopes.filter((scope) => scopes.includes(scope))
  if (chosen.length === keyScopes.length) return t('apiKeys.allScopes')
  return chosen.map((scope) => t(`apiKeys.scope.${scope}`)).join(', ')
}

function modelsText({ modelIds }: ApiKey): string | null {
  return modelIds && t('apiKeys.someModels', { n: modelIds.length })
}

function limitTexts({ limits }: ApiKey): string[] {
  const { messagesPerDay, tokensPerDay, requestsPerMinute } = limits
  return [
    ...(messagesPerDay === null ? [] : [t('apiKeys.perDay.messages', { n: messagesPerDay })]),
    ...(tokensPerDay === null ? [] : [t('apiKeys.perDay.tokens', { n: tokensPerDay })]),
    ...(requestsPerMinute === null ? [] : [t('apiKeys.perMinute', { n: requestsPerMinute })]),
  ]
}
