import { memo, useEffect, useRef, type RefObject } from 'react'
import type { Preferences } from '#contract/preferences.ts'
import { t } from '../text/i18n.ts'
import { classNames } from '../ui/class-names.ts'
import { keyAction } from './composer-keys.ts'
import type { ConversationStore } from './conversation-store.ts'
import { drafts } from './drafts.ts'

export type FieldRef = RefObject<HTMLTextAreaElement | null>

interface ComposerFieldProps {
  store: ConversationStore
  fieldRef: FieldRef
  isExpanded: boolean
  sendKey: Preferences['sendKey']
  placeholder: string
  /** Told of the text whenever it has changed. */
  onText: (text: string) => void
  onSend: () => void
  /** Says whether there was a message to edit, as `onEscape` does whether there was a use for it. */
  onEditLast: () => boolean
  onEscape: () => boolean
}

/** The text itself lives in the field and in the draft, so that a key press renders nothing. */
export const ComposerField = memo(function ComposerField(props: ComposerFieldProps) {
  const { store, fieldRef, isExpanded, sendKey, placeholder, onText } = props
  const composedAt = useRef<number | null>(null)

  // A text that was put back, or sent, or came with another conversation.
  useEffect(() => {
    const show = () => {
      const field = fieldRef.current
      const text = drafts.textOf(store.draftKey())
      if (!field) return
      onText(text)
      if (field.value === text) return
      field.value = text
      grow(field)
    }
    show()
    return drafts.subscribe(show)
  }, [store, fieldRef, onText])

  function onKeyDown(event: React.KeyboardEvent<HTMLTextAreaElement>) {
    const { nativeEvent, currentTarget } = event
    if (event.key === 'Escape' && !nativeEvent.isComposing) {
      if (props.onEscape()) event.preventDefault()
      return
    }
    const action = keyAction(nativeEvent, {
      sendKey,
      isEmpty: currentTarget.value === '',
      sinceCompositionMs: composedAt.current === null ? null : event.timeStamp - composedAt.current,
    })
    if (action === 'send') {
      event.preventDefault()
      props.onSend()
    }
    if (action === 'edit-last' && props.onEditLast()) event.preventDefault()
  }

  return (
    <textarea
      ref={fieldRef}
      data-composer
      aria-label={t('composer.label')}
      rows={1}
      placeholder={placeholder}
      enterKeyHint={sendKey === 'enter' ? 'send' : 'enter'}
      defaultValue={drafts.textOf(store.draftKey())}
      onChange={({ currentTarget }) => {
        drafts.write(store.draftKey(), currentTarget.value)
        onText(currentTarget.value)
        if (!isExpanded) grow(currentTarget)
      }}
      onKeyDown={onKeyDown}
      onCompositionEnd={(event) => {
        composedAt.current = event.timeStamp
      }}
      title={sendKey === 'ctrl-enter' ? t('composer.enterBreaks') : undefined}
      className={classNames(
        'block w-full resize-none bg-transparent px-4 pb-1 pt-3.5 outline-none',
        'field-sizing-content',
        isExpanded ? 'min-h-0 flex-1' : 'max-h-50',
      )}
    />
  )
})

const knowsFieldSizing = CSS.supports('field-sizing', 'content')

/** Browsers that size a field by its content need no help. */
function grow(field: HTMLTextAreaElement) {
  if (knowsFieldSizing) return
  field.style.height = 'auto'
  field.style.height = `${field.scrollHeight}px`
}
