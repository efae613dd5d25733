import { useIsGuest, usePreferences } from '../api/me.ts'
import { t } from '../text/i18n.ts'
import { Card } from '../ui/card.tsx'
import { Section } from '../ui/section.tsx'
import { AnswerRows } from './answer-rows.tsx'
import { ChatRows } from './chat-rows.tsx'
import { LookRows } from './look-rows.tsx'
import { PersonalPrompt } from './personal-prompt.tsx'

/** How the page looks and behaves: for whoever is signed in everywhere, for a guest in this browser. */
export function PreferencesSection() {
  const preferences = usePreferences()
  const isGuest = useIsGuest()
  return (
    <>
      <Section
        title={t('preferences.look')}
        hint={isGuest ? t('preferences.guestHint') : undefined}
      >
        <Card>
          <LookRows {...preferences} />
        </Card>
      </Section>
      <Section title={t('preferences.answers')} hint={t('preferences.answersHint')}>
        <Card>
          <AnswerRows {...preferences} />
        </Card>
      </Section>
      <Section title={t('preferences.chat')}>
        <Card>
          <ChatRows {...preferences} />
        </Card>
      </Section>
      {!isGuest && <PersonalPrompt stored={preferences.personalPrompt ?? ''} />}
    </>
  )
}
