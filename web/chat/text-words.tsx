import { useMemo, type ReactNode } from 'react'
import { t, useLanguage } from '../text/i18n.ts'
import { TextLabelsProvider, type TextLabels } from '../text/text-labels.tsx'

/** Gives the Markdown below it its words in the language of the page. */
export function TextWords({ children }: { children: ReactNode }) {
  const language = useLanguage()
  // oxlint-disable-next-line react/exhaustive-deps -- the texts are other ones in another language
  const labels = useMemo(words, [language])
  return <TextLabelsProvider labels={labels}>{children}</TextLabelsProvider>
}

function words(): TextLabels {
  return {
    copy: t('text.copy'),
    copied: t('text.copied'),
    wrap: t('text.wrap'),
    unwrap: t('text.unwrap'),
    showAll: (n) => t('text.showAll', { n }),
    showLess: t('text.showLess'),
    loadImage: (host) => t('text.loadImage', { host }),
    imageFailed: (host) => t('text.imageFailed', { host }),
    codeBlock: (language) => (language ? t('text.codeIn', { language }) : t('text.code')),
    table: t('text.table'),
    footnotes: t('text.footnotes'),
    footnote: (n) => t('text.footnote', { n }),
    backToText: (n) => t('text.backToText', { n }),
    taskDone: t('text.taskDone'),
    taskOpen: t('text.taskOpen'),
    spokenCode: t('text.spokenCode'),
    spokenFormula: t('text.spokenFormula'),
    spokenImage: t('text.spokenImage'),
    answering: t('announce.answering'),
    answerComplete: t('announce.complete'),
    answerStopped: t('announce.stopped'),
    answerFailed: (text) => t('announce.failed', { text }),
  }
}
