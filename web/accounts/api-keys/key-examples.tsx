import { useState } from 'react'
import { ExternalLink } from 'lucide-react'
import { listModels, type Model } from '#contract/models.ts'
import { readApiReference } from '#contract/reference.ts'
import { call } from '../../api/call.ts'
import { useSettings } from '../../api/settings.ts'
import { useRequest } from '../../api/use-request.ts'
import { CodeText } from '../../text/code-text.tsx'
import { Highlighter } from '../../text/highlighter.ts'
import { t } from '../../text/i18n.ts'
import '../../text/text.css'
import { buttonClass } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Section } from '../../ui/section.tsx'
import { Segments } from '../../ui/segments.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import {
  exampleCode,
  exampleLanguages,
  grammarOf,
  languageNames,
  type ExampleLanguage,
} from './example-code.ts'

interface Models {
  items: readonly Model[]
  preferredModelId: string | null
}

/** What other programs are told so that they find this site, and a first request in three languages. */
export function KeyExamples() {
  const [language, setLanguage] = useState<ExampleLanguage>('curl')
  const address = `${useAddress()}/v1`
  const { state } = useRequest('models', (signal) => call(listModels, { signal }))
  const model = state.type === 'ready' ? exampleModel(state.reply) : null
  const code = exampleCode(language, address, model?.name ?? 'MODEL')
  return (
    <Section title={t('apiKeys.use')} hint={t('apiKeys.useHint')} action={<ReferenceLink />}>
      <Card>
        <div className="flex flex-wrap items-center gap-x-4 gap-y-2 px-5 py-4">
          <div className="min-w-0 flex-1 basis-56">
            <p className="text-xs text-muted">{t('apiKeys.address')}</p>
            <p className="font-mono text-sm [overflow-wrap:anywhere]">{address}</p>
          </div>
          <CopyButton size="small" text={address} label={t('apiKeys.copyAddress')} />
        </div>
        <div className="flex flex-col gap-3 px-5 py-4">
          <div className="flex flex-wrap items-center justify-between gap-3">
            <Segments
              label={t('apiKeys.language')}
              value={language}
              options={exampleLanguages.map((value) => ({ value, label: languageNames[value] }))}
              onChange={setLanguage}
            />
            <CopyButton size="small" text={code} label={t('apiKeys.copyExample')} />
          </div>
          {state.type === 'loading' ? (
            <Skeleton className="h-40 w-full" />
          ) : (
            <Code language={language} code={code} />
          )}
        </div>
      </Card>
    </Section>
  )
}

/** To what the server says of itself, which is no part of this app. */
function ReferenceLink() {
  return (
    <a
      href={readApiReference.path}
      target="_blank"
      rel="noopener"
      className={buttonClass('secondary', 'small')}
    >
      {t('apiKeys.reference')}
      <ExternalLink className="size-4" aria-hidden />
    </a>
  )
}

function Code({ language, code }: { language: ExampleLanguage; code: string }) {
  const [, setLoaded] = useState(0)
  const [highlighter] = useState(() => new Highlighter(() => setLoaded((n) => n + 1)))
  const lines = highlighter.highlight(grammarOf[language], code)?.lines ?? code.split('\n')
  return (
    <pre
      // A keyboard must be able to scroll long lines.
      tabIndex={0}
      role="region"
      aria-label={languageNames[language]}
      className="code-colours overflow-x-auto rounded-control bg-sunken px-4 py-3 font-mono text-xs leading-5 ring-focus"
    >
      <CodeText lines={lines} />
    </pre>
  )
}

/** Administrators know by which address the world reaches this site; others came by one. */
function useAddress(): string {
  return useSettings()['site.baseUrl'] || location.origin
}

/** The model its reader asked last, or the first that can chat. */
function exampleModel({ items, preferredModelId }: Models): Model | null {
  const chats = items.filter(({ kind, available }) => kind !== 'embedding' && available)
  return chats.find(({ id }) => id === preferredModelId) ?? chats[0] ?? null
}
