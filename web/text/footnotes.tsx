import { createContext, useContext, useId, useMemo, type MouseEvent, type ReactNode } from 'react'
import { Blocks } from './markdown-blocks.tsx'
import type { Footnotes, Root } from './markdown-tree.ts'
import { useTextLabels } from './text-labels.tsx'

/** The notes of one message: their labels in order, and what makes their ids the page's only ones. */
const NotesContext = createContext<{ scope: string; labels: string[] }>({ scope: '', labels: [] })

/** Knows the notes of `root`, for the references anywhere in it. */
export function NoteScope({ root, children }: { root: Root; children: ReactNode }) {
  const scope = useId()
  const last = root.children.at(-1)
  const key =
    last?.type === 'footnotes' ? JSON.stringify(last.children.map((one) => one.label)) : ''
  const value = useMemo(() => {
    return { scope, labels: key ? (JSON.parse(key) as string[]) : [] }
  }, [scope, key])
  return <NotesContext value={value}>{children}</NotesContext>
}

export function NoteReference({ label }: { label: string }) {
  const { scope, labels } = useContext(NotesContext)
  const texts = useTextLabels()
  const number = labels.indexOf(label) + 1
  if (number === 0) return `[^${label}]`
  return (
    <sup>
      <a
        id={`${scope}from-${number}`}
        className="text-accent"
        href={`#${scope}note-${number}`}
        aria-label={texts.footnote(number)}
        onClick={goTo(`${scope}note-${number}`)}
      >
        {number}
      </a>
    </sup>
  )
}

export function Notes({ footnotes }: { footnotes: Footnotes }) {
  const { scope } = useContext(NotesContext)
  const texts = useTextLabels()
  return (
    <section className="markdown-notes text-muted" aria-label={texts.footnotes}>
      <ol>
        {footnotes.children.map((note, index) => (
          <li key={note.label} id={`${scope}note-${index + 1}`} tabIndex={-1}>
            <Blocks nodes={note.children} />
            <a
              className="text-accent"
              href={`#${scope}from-${index + 1}`}
              aria-label={texts.backToText(index + 1)}
              onClick={goTo(`${scope}from-${index + 1}`)}
            >
              ↩
            </a>
          </li>
        ))}
      </ol>
    </section>
  )
}

/** Moves within the message and leaves the page's address alone. */
function goTo(id: string) {
  return (event: MouseEvent) => {
    event.preventDefault()
    const target = document.getElementById(id)
    target?.scrollIntoView({ block: 'center' })
    target?.focus({ preventScroll: true })
  }
}
