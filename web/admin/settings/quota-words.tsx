import { useState } from 'react'
import { t } from '../../text/i18n.ts'
import { momentText } from '../../text/moment-text.ts'
import { Card } from '../../ui/card.tsx'
import { valueAhead } from './centre-state.ts'
import { useCentre } from './centre.ts'
import { nextMidnight } from './next-midnight.ts'

/** What the limits come to, in sentences; what is typed counts already. */
export function QuotaWords() {
  const state = useCentre()
  const [now] = useState(Date.now)
  const limit = (key: string) => valueAhead(state, key) as number | null | undefined
  const user = limit('quota.user.messagesPerDay')
  const tokens = limit('quota.user.tokensPerDay')
  const guest = limit('quota.guest.messagesPerDay')
  const all = limit('quota.allGuests.messagesPerDay')
  const address = limit('quota.guestAddress.messagesPerDay')
  const zone = valueAhead(state, 'quota.timeZone') as string | undefined
  const isUnfit = [user, tokens, guest, all, address, zone].includes(undefined)
  return (
    <section className="flex flex-col gap-2">
      <h3 className="text-sm font-semibold text-ink">{t('words.title')}</h3>
      <Card className="px-5 py-4">
        {isUnfit ? (
          <p className="text-sm text-muted">{t('words.unfit')}</p>
        ) : (
          <ul className="flex flex-col gap-2 text-sm leading-6">
            <li>{userWords(user ?? null, tokens ?? null)}</li>
            <li>
              {state.known?.values['guests.enabled'] === true
                ? guestWords(guest ?? null, all ?? null, address ?? null)
                : t('words.guestsOff')}
            </li>
            {zone !== undefined && (
              <li className="text-muted">
                {t('words.nextDay', { zone, when: momentText(nextMidnight(zone, now)) })}
              </li>
            )}
          </ul>
        )}
      </Card>
    </section>
  )
}

function userWords(messages: number | null, tokens: number | null): string {
  if (messages === 0 || tokens === 0) return t('words.userNone')
  const allowed = tokens === null ? t('words.tokensAny') : t('words.tokens', { n: tokens })
  return t('words.user', { messages: messagesText(messages), tokens: allowed })
}

function guestWords(guest: number | null, all: number | null, address: number | null): string {
  if ([guest, all, address].includes(0)) return t('words.guestNone')
  return t('words.guest', {
    guest: messagesText(guest),
    all: messagesText(all),
    address: messagesText(address),
  })
}

function messagesText(n: number | null): string {
  return n === null ? t('words.messagesAny') : t('words.messages', { n })
}
