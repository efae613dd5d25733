import { useEffect, type ReactNode } from 'react'
import { errorText } from '../../api/error-text.ts'
import { t, type TextKey } from '../../text/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Card } from '../../ui/card.tsx'
import { ErrorState } from '../../ui/error-state.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { loadCentre, useCentre } from './centre.ts'
import { MeanwhileNotice } from './meanwhile-notice.tsx'
import { useRevealed } from '../../ui/revealed.ts'
import { SaveBar } from './save-bar.tsx'
import type { SettingField } from './setting-field.ts'
import { isShown } from './shown.ts'
import { SettingRow } from './setting-row.tsx'

interface SectionFormProps {
  /** As the registry names it. */
  section: string
  /** Something else may be otherwise now, as the models somebody may choose. */
  onSaved?: () => void
  /** Stands between the settings and what saves them. */
  children?: ReactNode
}

/** All settings of a section, grouped by what their names begin with, and saved together. */
export function SectionForm({ section, onSaved, children }: SectionFormProps) {
  const { known, failure } = useCentre()
  useRevealed(known !== null)
  useEffect(() => {
    void loadCentre()
  }, [])
  if (!known) {
    return failure === null ? (
      <Waiting />
    ) : (
      <ErrorState
        title={t('centre.failed')}
        detail={errorText(failure)}
        action={<Button onClick={() => void loadCentre()}>{t('common.retry')}</Button>}
      />
    )
  }
  const fields = known.fields.filter((field) => field.section === section && isShown(field))
  const parts = partsOf(fields)
  return (
    <>
      <MeanwhileNotice />
      {parts.map(({ name, fields: members }) => (
        <section key={name} className="flex max-w-2xl flex-col gap-2">
          {parts.length > 1 && (
            <h3 className="text-sm font-semibold text-ink">{t(`part.${name}` as PartText)}</h3>
          )}
          <Card>
            {members.map((field) => (
              <SettingRow key={field.key} field={field} />
            ))}
          </Card>
        </section>
      ))}
      {children}
      <SaveBar section={section} onSaved={onSaved} />
    </>
  )
}

type PartText = Extract<TextKey, `part.${string}`>

function partsOf(fields: readonly SettingField[]): { name: string; fields: SettingField[] }[] {
  const parts = new Map<string, SettingField[]>()
  for (const field of fields) {
    const name = field.key.slice(0, field.key.indexOf('.'))
    parts.set(name, [...(parts.get(name) ?? []), field])
  }
  return Array.from(parts, ([name, members]) => ({ name, fields: members }))
}

function Waiting() {
  return (
    <div role="status" aria-label={t('common.loading')} className="flex flex-col gap-3">
      {[1, 2, 3, 4].map((row) => (
        <Skeleton key={row} className="h-16 w-full" />
      ))}
    </div>
  )
}
