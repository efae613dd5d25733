import { Suspense, lazy, useId, useLayoutEffect, useRef } from 'react'
import type { Message } from '#contract/message.ts'
import { textOf } from '#contract/parts.ts'
import { usePreferences } from '../api/me.ts'
import { t } from '../text/i18n.ts'
import { Button } from '../ui/button.tsx'
import { keyAction } from './composer-keys.ts'
import type { ConversationStore } from './conversation-store.ts'
import { drafts } from './drafts.ts'
import { focusComposer } from './focus-composer.ts'
import { forgetEdited, removeEdited, useEditedImages } from './images/edited-images.ts'
import { loadImages } from './images/load-images.ts'
import { askNow } from './use-ask.ts'
import { jumpToEnd, setEditing } from './view-state.ts'

const EditImages = lazy(async () => ({ default: (await loadImages()).EditImages }))

interface MessageEditProps {
  store: ConversationStore
  message: Message
}

/** The message opened for editing. What is typed is a draft like any other, until it is sent. */
export function MessageEdit({ store, message }: MessageEditProps) {
  const ref = useRef<HTMLTextAreaElement>(null)
  const id = useId()
  const { sendKey } = usePreferences()
  const original = textOf(message.parts)
  const images = useEditedImages(message)

  useLayoutEffect(() => {
    const field = ref.current
    field?.focus({ preventScroll: true })
    field?.setSelectionRange(field.value.length, field.value.length)
  }, [])

  function close() {
    setEditing(store, null)
    focusComposer()
  }
  function discard() {
    drafts.clear(message.id)
    forgetEdited(message.id)
    close()
  }
  function send() {
    const text = ref.current?.value.trim() ?? ''
    if (text === '' && images.length === 0) return
    discard()
    void store.edit(message.id, text, askNow(store).options, images)
    jumpToEnd(store)
  }

  return (
    <div className="py-6">
      <div
        data-edit
        className="rounded-2xl border border-line-strong/60 bg-raised p-3 shadow-soft focus-within:border-accent"
      >
        {images.length > 0 && (
          <Suspense fallback={<div className="h-24" />}>
            <EditImages images={images} onRemove={(image) => removeEdited(message.id, image)} />
          </Suspense>
        )}
        <label htmlFor={id} className="sr-only">
          {t('message.editLabel')}
        </label>
        <textarea
          ref={ref}
          id={id}
          defaultValue={drafts.textOf(message.id) || original}
          onChange={(event) => drafts.write(message.id, event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && !event.nativeEvent.isComposing) {
              event.preventDefault()
              return close()
            }
            const situation = { sendKey, isEmpty: false, sinceCompositionMs: null }
            if (keyAction(event.nativeEvent, situation) !== 'send') return
            event.preventDefault()
            send()
          }}
          className="field-sizing-content block max-h-[50dvh] min-h-16 w-full resize-none bg-transparent px-1 outline-none"
        />
        <div className="mt-2 flex justify-end gap-2">
          <Button size="small" onClick={discard}>
            {t('common.cancel')}
          </Button>
          <Button size="small" variant="primary" onClick={send}>
            {t('message.editSend')}
          </Button>
        </div>
      </div>
    </div>
  )
}
