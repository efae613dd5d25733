import type { Verification } from '#contract/connections.ts'
import { t } from '../text/i18n.ts'
import { Button } from '../ui/button.tsx'
import { Notice } from '../ui/notice.tsx'
import { refusedAddressText } from './address-text.ts'

interface VerificationNoticeProps {
  verification: Verification
  /** Puts the address that would have worked into the form. */
  onTakeAddress?: (baseUrl: string) => void
}

/** What a trial call found, the provider's own words first. */
export function VerificationNotice({ verification, onTakeAddress }: VerificationNoticeProps) {
  const { ok, latencyMs, models, sample, problem, provider } = verification
  if (ok) {
    return (
      <Notice tone="success">
        <p className="font-medium">{t('connections.works', { n: models, ms: latencyMs })}</p>
        {sample.length > 0 && (
          <p className="mt-1 text-muted">
            {sample.join(', ')}
            {models > sample.length && ' …'}
          </p>
        )}
      </Notice>
    )
  }
  const other = typeof problem?.baseUrl === 'string' ? problem.baseUrl : null
  const said = problem?.code === 'address_refused' ? refusedAddressText(problem) : problem?.detail
  return (
    <Notice tone="danger">
      <p className="font-medium">{said ?? t('connections.fails')}</p>
      {provider && <ProviderWords {...provider} />}
      <p className="mt-1 text-muted">{t('connections.took', { ms: latencyMs })}</p>
      {other && onTakeAddress && (
        <Button size="small" className="mt-2 max-w-full" onClick={() => onTakeAddress(other)}>
          <span className="truncate">{t('connect.useAddress', { address: other })}</span>
        </Button>
      )}
    </Notice>
  )
}

/** Without a status there was no reply, and the words are ours: why there was none. */
function ProviderWords({ status, message }: { status: number; message: string }) {
  if (status === 0) return <p className="mt-1">{message}</p>
  return (
    <p className="mt-1">
      {t('connections.providerSays')}{' '}
      <q className="font-mono text-xs">
        {status} {message}
      </q>
    </p>
  )
}
