import { auditAreas, type AuditArea } from '#contract/audit.ts'
import { t } from '../../text/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Field, Select, TextInput } from '../../ui/field.tsx'
import { wholeLog, writeAuditQuery, type AuditQuery } from './audit-query.ts'
import { UserSearch } from '../user-search.tsx'

interface AuditFiltersProps {
  query: AuditQuery
  onChange: (change: Partial<AuditQuery>) => void
}

/** What is looked for in the log. */
export function AuditFilters({ query, onChange }: AuditFiltersProps) {
  const { area, actor, from, to } = query
  return (
    <div className="flex flex-wrap items-end gap-3">
      <Field label={t('audit.area')} hideLabel className="w-44 max-sm:w-full">
        <Select
          value={area ?? ''}
          onChange={({ target }) => onChange({ area: (target.value || null) as AuditArea | null })}
        >
          <option value="">{t('audit.allAreas')}</option>
          {auditAreas.map((option) => (
            <option key={option} value={option}>
              {t(`audit.area.${option}`)}
            </option>
          ))}
        </Select>
      </Field>
      <UserSearch
        key={actor?.id}
        chosen={actor}
        className="min-w-44 flex-1 basis-52 max-sm:w-full max-sm:flex-none"
        labels={{
          field: t('audit.actor'),
          anybody: t('audit.anybody'),
          clear: t('audit.clearActor'),
        }}
        onChoose={(chosen) => onChange({ actor: chosen })}
      />
      <DayField
        label={t('audit.from')}
        value={from}
        max={to}
        onChange={(day) => onChange({ from: day })}
      />
      <DayField
        label={t('audit.to')}
        value={to}
        min={from}
        onChange={(day) => onChange({ to: day })}
      />
      {writeAuditQuery(query) !== '' && (
        <Button variant="ghost" className="h-10" onClick={() => onChange(wholeLog)}>
          {t('audit.clear')}
        </Button>
      )}
    </div>
  )
}

interface DayFieldProps {
  label: string
  value: string | null
  min?: string | null
  max?: string | null
  onChange: (day: string | null) => void
}

function DayField({ label, value, min, max, onChange }: DayFieldProps) {
  return (
    <Field
      label={label}
      className="min-w-38 max-sm:flex-1 sm:flex-row sm:items-center sm:gap-2 sm:[&>input]:w-38"
    >
      <TextInput
        type="date"
        value={value ?? ''}
        min={min ?? undefined}
        max={max ?? undefined}
        onChange={({ target }) => onChange(target.value || null)}
      />
    </Field>
  )
}
