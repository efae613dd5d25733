import { createContext, useContext, type ReactNode } from 'react'

/** Every word that the text components say themselves, in the language of the page. */
export interface TextLabels {
  copy: string
  copied: string
  wrap: string
  unwrap: string
  showAll: (lines: number) => string
  showLess: string
  loadImage: (host: string) => string
  imageFailed: (host: string) => string
  codeBlock: (language: string) => string
  table: string
  footnotes: string
  footnote: (number: number) => string
  backToText: (number: number) => string
  taskDone: string
  taskOpen: string
  /** What is said in place of code, formulas and pictures when a text is read out. */
  spokenCode: string
  spokenFormula: string
  spokenImage: string
  answering: string
  answerComplete: string
  answerStopped: string
  answerFailed: (reason: string) => string
}

export const englishTextLabels: TextLabels = {
  copy: 'Copy',
  copied: 'Copied',
  wrap: 'Wrap lines',
  unwrap: 'Do not wrap lines',
  showAll: (lines) => `Show all ${lines} lines`,
  showLess: 'Show less',
  loadImage: (host) => `Image from ${host} — load`,
  imageFailed: (host) => `The image from ${host} could not be loaded`,
  codeBlock: (language) => (language ? `Code, ${language}` : 'Code'),
  table: 'Table',
  footnotes: 'Footnotes',
  footnote: (number) => `Footnote ${number}`,
  backToText: (number) => `Back to the text of footnote ${number}`,
  taskDone: 'Done:',
  taskOpen: 'To do:',
  spokenCode: 'code',
  spokenFormula: 'formula',
  spokenImage: 'image',
  answering: 'Answering',
  answerComplete: 'Answer complete',
  answerStopped: 'Answer stopped',
  answerFailed: (reason) => `Answer failed: ${reason}`,
}

const LabelsContext = createContext(englishTextLabels)

export interface TextLabelsProviderProps {
  labels: TextLabels
  children: ReactNode
}

/** Gives the text components below it their words; without one they speak English. */
export function TextLabelsProvider({ labels, children }: TextLabelsProviderProps) {
  return <LabelsContext value={labels}>{children}</LabelsContext>
}

export function useTextLabels(): TextLabels {
  return useContext(LabelsContext)
}
