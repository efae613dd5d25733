import { useEffect } from 'react'
import { t } from '../../text/i18n.ts'
import { Combobox } from '../../ui/combobox.tsx'
import { loadAllModels, modelName, useAllModels } from './all-models.ts'
import type { ControlProps } from './control-props.ts'
import { NullChoice } from './null-choice.tsx'

/** One of the models that can be asked. */
export function ModelControl({ field, typed, onType }: ControlProps<'model'>) {
  const models = useAllModels() ?? []
  useEffect(() => {
    loadAllModels().catch(() => {})
  }, [])
  const offered = models.filter(({ kind, available }) => available && kind !== 'embedding')
  const isNone = typed === null

  function find(words: string) {
    const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
    return offered
      .filter(({ name, label, channel }) => {
        const text = `${name} ${label} ${channel}`.toLowerCase()
        return wanted.every((word) => text.includes(word))
      })
      .map(({ id, label, channel }) => ({ value: id, label, detail: channel }))
  }
  return (
    <div className="flex flex-col gap-2">
      {!isNone && (
        <Combobox
          text={modelName(String(typed))}
          find={find}
          onChoose={onType}
          labels={{ none: t('model.none'), more: (n) => t('choice.more', { n }) }}
        />
      )}
      {field.isNullable && (
        <NullChoice
          field={field}
          checked={isNone}
          onChange={(none) => onType(none ? null : (offered[0]?.id ?? null))}
        />
      )}
    </div>
  )
}
