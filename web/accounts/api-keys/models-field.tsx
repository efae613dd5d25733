import { X } from 'lucide-react'
import { keyModelsMax } from '#contract/api-keys.ts'
import type { Id } from '#contract/ids.ts'
import { listModels, type Model } from '#contract/models.ts'
import { call } from '../../api/call.ts'
import { useRequest } from '../../api/use-request.ts'
import { t } from '../../text/i18n.ts'
import { Combobox } from '../../ui/combobox.tsx'
import { Field } from '../../ui/field.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Segments } from '../../ui/segments.tsx'
import type { KeyFieldsProps } from './key-fields.tsx'

/** The models a key may use: all of its owner's, or those that are chosen. */
export function ModelsField({ draft, unfit, onChange }: KeyFieldsProps) {
  const { models, modelIds } = draft
  const { state } = useRequest('models', (signal) => call(listModels, { signal }))
  const known = state.type === 'ready' ? state.reply.items : []
  const remove = (id: Id<'model'>) =>
    onChange({ modelIds: modelIds.filter((other) => other !== id) })
  return (
    <div className="flex flex-col gap-2">
      <p aria-hidden className="text-sm font-medium">
        {t('apiKeys.models')}
      </p>
      <Segments
        label={t('apiKeys.models')}
        className="max-w-sm"
        value={models}
        options={[
          { value: 'all', label: t('apiKeys.models.all') },
          { value: 'some', label: t('apiKeys.models.some') },
        ]}
        onChange={(next) => onChange({ models: next })}
      />
      {models === 'some' && (
        <>
          {modelIds.length < keyModelsMax && (
            <Field
              label={t('apiKeys.models.add')}
              error={errorOf(state.type === 'failed', unfit.has('models'))}
            >
              <Combobox
                text=""
                find={(typed) => optionsLike(known, modelIds, typed)}
                onChoose={(id) => onChange({ modelIds: [...modelIds, id as Id<'model'>] })}
                labels={{
                  none: t('apiKeys.models.none'),
                  more: (n) => t('apiKeys.models.more', { n }),
                }}
              />
            </Field>
          )}
          <ul className="flex flex-wrap gap-2 empty:hidden">
            {modelIds.map((id) => (
              <Chosen key={id} name={nameOf(known, id)} onRemove={() => remove(id)} />
            ))}
          </ul>
        </>
      )}
    </div>
  )
}

function Chosen({ name, onRemove }: { name: string; onRemove: () => void }) {
  return (
    <li className="flex max-w-full items-center gap-1 rounded-control bg-hover pl-2.5 text-sm">
      <span className="min-w-0 [overflow-wrap:anywhere]">{name}</span>
      <IconButton
        size="small"
        label={t('apiKeys.models.remove', { name })}
        icon={<X className="size-3.5" />}
        onClick={onRemove}
      />
    </li>
  )
}

function errorOf(isFailed: boolean, isMissing: boolean): string | null {
  if (isFailed) return t('apiKeys.models.failed')
  return isMissing ? t('apiKeys.models.missing') : null
}

/** A model keeps its place in a key when it vanishes, for it may come back. */
function nameOf(known: readonly Model[], id: Id<'model'>): string {
  return known.find((model) => model.id === id)?.name ?? t('apiKeys.models.gone')
}

function optionsLike(known: readonly Model[], chosen: readonly string[], typed: string) {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  return known
    .filter(({ id, name, label, channel }) => {
      const text = `${name} ${label} ${channel}`.toLowerCase()
      return !chosen.includes(id) && words.every((word) => text.includes(word))
    })
    .map(({ id, name, channel }) => ({ value: id, label: name, detail: channel }))
}
