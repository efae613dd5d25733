import { useEffect, useState } from 'react'
import { errorText } from '../api/error-text.ts'
import { updatePreferences } from '../api/me.ts'
import { loadSettings, useSettings } from '../api/settings.ts'
import { createValue, useValue } from '../api/value.ts'
import { currentLanguage, t } from '../text/i18n.ts'
import { Button } from '../ui/button.tsx'
import { Field, TextArea } from '../ui/field.tsx'
import { Section } from '../ui/section.tsx'
import { toast } from '../ui/toast.ts'

const lengthMaxDefault = 12_000

/** What was typed and not saved; kept while moving between sections. Null: nothing. */
const draftValue = createValue<string | null>(null)

/** What every model is told about whoever is asking. */
export function PersonalPrompt({ stored }: { stored: string }) {
  const draft = useValue(draftValue)
  const text = draft ?? stored
  const isChanged = text !== stored
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const lengthMax = useSettings()['chat.systemPromptLengthMax'] ?? lengthMaxDefault
  const length = Array.from(text).length

  useEffect(() => {
    loadSettings().catch(() => {})
  }, [])

  useEffect(() => {
    if (!isChanged) return
    const ask = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', ask)
    return () => removeEventListener('beforeunload', ask)
  }, [isChanged])

  async function save() {
    setBusy(true)
    setError(null)
    try {
      await updatePreferences({ personalPrompt: text.trim() === '' ? null : text })
      draftValue.set(null)
      toast(t('settings.saved'), { tone: 'success' })
    } catch (refusal) {
      setError(errorText(refusal))
    } finally {
      setBusy(false)
    }
  }

  const isTooLong = length > lengthMax
  const count = length.toLocaleString(currentLanguage())
  return (
    <Section
      id="preferences.prompt"
      title={t('preferences.prompt')}
      hint={t('preferences.promptHint')}
    >
      <Field
        label={t('preferences.prompt')}
        hideLabel
        hint={t('preferences.promptLength', { count, max: lengthMax })}
        error={isTooLong ? t('preferences.promptTooLong', { count, max: lengthMax }) : error}
      >
        <TextArea
          rows={6}
          placeholder={t('preferences.promptPlaceholder')}
          value={text}
          onChange={({ target }) => draftValue.set(target.value)}
        />
      </Field>
      <div className="flex gap-2">
        <Button variant="primary" disabled={!isChanged || isTooLong} loading={busy} onClick={save}>
          {t('common.save')}
        </Button>
        {isChanged && (
          <Button variant="ghost" onClick={() => draftValue.set(null)}>
            {t('settings.revert')}
          </Button>
        )}
      </div>
    </Section>
  )
}
