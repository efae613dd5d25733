import { currentLanguage, t } from '../../text/i18n.ts'
import { Combobox, type ComboboxOption } from '../../ui/combobox.tsx'
import type { ControlProps } from './control-props.ts'
import { readTyped } from './typed-value.ts'

/** A time zone, found by any word of its name. */
export function ZoneControl({ field, typed, onType }: ControlProps<'timeZone'>) {
  const isZone = readTyped(field, typed).ok
  return (
    <div className="flex flex-col gap-2">
      <Combobox
        text={String(typed)}
        find={zonesLike}
        onChoose={onType}
        onType={onType}
        labels={{ none: t('zone.none'), more: (n) => t('choice.more', { n }) }}
      />
      {isZone && (
        <p className="text-sm text-muted">{t('zone.now', { time: timeIn(String(typed)) })}</p>
      )}
    </div>
  )
}

function zonesLike(typed: string): ComboboxOption[] {
  const words = typed
    .toLowerCase()
    .split(/[\s_/]+/)
    .filter(Boolean)
  const zones = Intl.supportedValuesOf('timeZone')
  const all = zones.includes('UTC') ? zones : ['UTC', ...zones]
  return all
    .filter((zone) => words.every((word) => zone.toLowerCase().includes(word)))
    .map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))
}

function timeIn(timeZone: string): string {
  const options = { timeZone, hour: '2-digit', minute: '2-digit' } as const
  return new Date().toLocaleTimeString(currentLanguage(), options)
}
