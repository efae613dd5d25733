import { Suspense, useEffect, useState } from 'react'
import { useValue } from '../../api/value.ts'
import { later } from '../../ui/later.ts'
import type { ConversationStore } from '../conversation-store.ts'
import { addImages } from './add-images.ts'
import { loadImages } from './load-images.ts'
import { viewedImages } from './viewed-images.ts'

const DropOverlay = later(async () => (await loadImages()).DropOverlay)
const ImageViewer = later(async () => (await loadImages()).ImageViewer)

/** What the page of a conversation does with images: takes those dropped and pasted, shows one. */
export function PageImages({ store }: { store: ConversationStore }) {
  const viewed = useValue(viewedImages)
  const isOver = useGivenFiles(store)
  useEffect(() => () => viewedImages.set(null), [store])
  return (
    <Suspense>
      {isOver && <DropOverlay />}
      {viewed && <ImageViewer {...viewed} onClose={() => viewedImages.set(null)} />}
    </Suspense>
  )
}

/** Takes files dropped anywhere and pasted outside of other fields; whether some hover above. */
function useGivenFiles(store: ConversationStore): boolean {
  const [isOver, setIsOver] = useState(false)
  useEffect(() => {
    const stopping = new AbortController()
    const on = <Type extends keyof DocumentEventMap>(
      type: Type,
      listener: (event: DocumentEventMap[Type]) => void,
    ) => document.addEventListener(type, listener, { signal: stopping.signal })

    // Not taken, the browser would leave the page for the file.
    on('dragover', (event) => {
      const { dataTransfer } = event
      if (!dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      if (isCovered()) dataTransfer.dropEffect = 'none'
      setIsOver(!isCovered())
    })
    on('dragleave', ({ relatedTarget }) => {
      if (!relatedTarget) setIsOver(false)
    })
    on('drop', (event) => {
      setIsOver(false)
      const { dataTransfer } = event
      if (!dataTransfer?.types.includes('Files')) return
      event.preventDefault()
      if (!isCovered()) void addImages(store, Array.from(dataTransfer.files))
    })
    on('paste', (event) => {
      const { clipboardData, target } = event
      if (!clipboardData?.files.length || isCovered() || isOtherField(target)) return
      // A picture of text comes with the text, as from spreadsheets; the text is what is meant.
      const { types } = clipboardData
      if (types.includes('text/html') && types.includes('text/plain')) return
      event.preventDefault()
      void addImages(store, Array.from(clipboardData.files))
    })
    return () => stopping.abort()
  }, [store])
  return isOver
}

function isCovered(): boolean {
  return document.querySelector('dialog[open]') !== null
}

function isOtherField(target: EventTarget | null): boolean {
  const field = target instanceof Element && target.closest('input, textarea')
  return field instanceof HTMLElement && !('composer' in field.dataset)
}
