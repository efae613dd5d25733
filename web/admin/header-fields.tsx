import { Plus, Trash2 } from 'lucide-react'
import { t } from '../text/i18n.ts'
import { Button } from '../ui/button.tsx'
import { Field, TextInput } from '../ui/field.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { SecretInput } from '../ui/secret-input.tsx'
import type { HeaderDraft } from './connection-draft.ts'
import { secretLabels } from './secret-labels.ts'

const headersMax = 10

interface HeaderFieldsProps {
  headers: HeaderDraft[]
  error: string | undefined
  onChange: (headers: HeaderDraft[]) => void
}

/** Headers sent with every request of a connection; their values cannot be read back. */
export function HeaderFields({ headers, error, onChange }: HeaderFieldsProps) {
  const put = (index: number, header: HeaderDraft) => onChange(headers.with(index, header))
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="text-sm font-medium">{t('connections.headers')}</legend>
      <p className="-mt-2 text-sm text-muted">{t('connect.headersHint')}</p>
      {headers.map((header, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- a row keeps nothing beside its draft
        <div key={index} className="flex flex-wrap items-start gap-2 sm:flex-nowrap">
          <Field label={t('connections.headerName')} hideLabel className="w-full sm:w-48">
            <TextInput
              value={header.name}
              maxLength={64}
              placeholder="X-Title"
              autoCapitalize="none"
              spellCheck={false}
              onChange={({ target }) => put(index, { ...header, name: target.value })}
            />
          </Field>
          <Field label={t('connections.headerValue')} hideLabel className="min-w-0 flex-1">
            <SecretInput
              kept={header.value.type === 'keep' ? t('secret.set') : null}
              value={header.value.type === 'replace' ? header.value.value : ''}
              labels={secretLabels()}
              onChange={(value) => put(index, { ...header, value: { type: 'replace', value } })}
              onReplace={() => put(index, { ...header, value: { type: 'replace', value: '' } })}
            />
          </Field>
          <IconButton
            label={t('connections.headerRemove', { name: header.name || String(index + 1) })}
            icon={<Trash2 className="size-4" />}
            onClick={() => onChange(headers.toSpliced(index, 1))}
          />
        </div>
      ))}
      {error && <p className="text-sm text-danger">{error}</p>}
      {headers.length < headersMax && (
        <div>
          <Button
            size="small"
            icon={<Plus aria-hidden className="size-4" />}
            onClick={() =>
              onChange([...headers, { name: '', value: { type: 'replace', value: '' } }])
            }
          >
            {t('connections.headerAdd')}
          </Button>
        </div>
      )}
    </fieldset>
  )
}
