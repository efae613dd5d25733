import { useState } from 'react'
import { errorText } from '../api/error-text.ts'
import { useSettings } from '../api/settings.ts'
import { useValue } from '../api/value.ts'
import { currentLanguage, t } from '../text/i18n.ts'
import { Button } from '../ui/button.tsx'
import { Field, TextArea } from '../ui/field.tsx'
import { Notice } from '../ui/notice.tsx'
import { toast } from '../ui/toast.ts'
import type { ConversationStore } from './conversation-store.ts'
import { draftAfter, instructionDrafts, setInstructionDraft } from './instruction-drafts.ts'
import { excessOf } from './message-length.ts'
import { useConversationState } from './use-conversation.ts'

const lengthMaxDefault = 12_000

/** What every answer of the conversation follows. */
export function InstructionsField({ store }: { store: ConversationStore }) {
  const isNew = useConversationState(store, ({ status }) => status.type === 'new')
  return isNew ? <NewInstructions store={store} /> : <StoredInstructions store={store} />
}

/** Before the conversation is there, nothing need be saved. */
function NewInstructions({ store }: { store: ConversationStore }) {
  const text = useConversationState(store, ({ chosen }) => chosen.systemPrompt ?? '')
  return (
    <>
      <InstructionsText
        text={text}
        error={null}
        onText={(systemPrompt) => store.choose({ systemPrompt })}
      />
      {text.trim() !== '' && <p className="text-sm text-muted">{t('details.instructionsLater')}</p>}
    </>
  )
}

function StoredInstructions({ store }: { store: ConversationStore }) {
  const stored = useConversationState(store, ({ conversation }) => conversation?.systemPrompt)
  const isKnown = useConversationState(store, ({ conversation }) => conversation !== null)
  const draft = useValue(instructionDrafts).get(store.id) ?? null
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>(null)
  const excess = excessOf(draft?.text ?? '', useLengthMax())
  const isElsewhere = draft !== null && draft.base !== (stored ?? null) && draft.text !== stored

  async function save() {
    if (!draft) return
    setBusy(true)
    setError(null)
    try {
      await store.instruct(draft.text, stored ?? null)
      setInstructionDraft(store.id, null)
      toast(t('details.saved'), { tone: 'success' })
    } catch (refusal) {
      setError(refusal)
    } finally {
      setBusy(false)
    }
  }

  return (
    <>
      <InstructionsText
        text={draft?.text ?? stored ?? ''}
        disabled={!isKnown}
        error={error && !isElsewhere ? errorText(error) : null}
        onText={(text) => {
          setError(null)
          setInstructionDraft(store.id, draftAfter(draft, text, stored ?? null))
        }}
      />
      {isElsewhere && (
        <Notice tone="warning">
          {stored ? t('details.instructionsElsewhere') : t('details.instructionsElsewhereNone')}
          {stored && (
            <p className="mt-2 max-h-40 overflow-y-auto whitespace-pre-wrap text-muted">{stored}</p>
          )}
        </Notice>
      )}
      {draft && (
        <div className="flex gap-2">
          <Button
            variant="primary"
            size="small"
            disabled={excess > 0}
            loading={busy}
            onClick={save}
          >
            {t('common.save')}
          </Button>
          <Button
            variant="ghost"
            size="small"
            onClick={() => {
              setError(null)
              setInstructionDraft(store.id, null)
            }}
          >
            {t('details.revert')}
          </Button>
        </div>
      )}
    </>
  )
}

interface InstructionsTextProps {
  text: string
  disabled?: boolean
  /** Why the text was refused. */
  error: string | null
  onText: (text: string) => void
}

function InstructionsText({ text, disabled = false, error, onText }: InstructionsTextProps) {
  const max = useLengthMax()
  const length = Array.from(text.trim()).length
  const count = length.toLocaleString(currentLanguage())
  const tooLong = length > max ? t('details.instructionsTooLong', { count, max }) : null
  return (
    <Field
      label={t('details.instructions')}
      hideLabel
      hint={
        text === ''
          ? t('details.instructionsHint')
          : t('details.instructionsLength', { count, max })
      }
      error={tooLong ?? error}
    >
      <TextArea
        rows={6}
        className="max-h-[50dvh] field-sizing-content min-h-32"
        placeholder={t('details.instructionsPlaceholder')}
        disabled={disabled}
        value={text}
        onChange={({ target }) => onText(target.value)}
      />
    </Field>
  )
}

function useLengthMax(): number {
  return useSettings()['chat.systemPromptLengthMax'] ?? lengthMaxDefault
}
