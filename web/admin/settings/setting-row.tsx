import { useId } from 'react'
import { t } from '../../text/i18n.ts'
import { Badge } from '../../ui/badge.tsx'
import { Button } from '../../ui/button.tsx'
import { classNames } from '../../ui/class-names.ts'
import { Labelled } from '../../ui/field.tsx'
import { type, useCentre } from './centre.ts'
import { isBroad, hasOneControl, SettingControl } from './setting-control.tsx'
import type { SettingField } from './setting-field.ts'
import { boundsText, hintOf, labelOf, refusalText, unfitText, valueText } from './setting-texts.ts'
import { changesStored, isSame, readTyped, typedOf } from './typed-value.ts'

/** One setting: what it is, what may be set, what is set, and what is wrong with what is typed. */
export function SettingRow({ field }: { field: SettingField }) {
  const { known, typed: drafts, refused, meanwhile } = useCentre()
  const id = useId()
  const { key, control } = field
  const stored = known?.values[key]
  const isTyped = key in drafts
  const typed = isTyped
    ? drafts[key]
    : control.type === 'secret'
      ? undefined
      : typedOf(field, stored)
  const read = readTyped(field, typed)
  const isUnsaved = isTyped && changesStored(field, typed, stored)
  const theirs = isUnsaved ? meanwhile.find((other) => other.key === key) : undefined
  const error =
    isUnsaved && !read.ok
      ? unfitText(read.unfit)
      : refused[key] !== undefined
        ? refusalText(key, refused[key])
        : null
  const broad = isBroad(control)
  return (
    <div
      id={key}
      className={classNames(
        'flex scroll-my-20 items-start justify-between gap-x-8 gap-y-3 px-5 py-4 transition-colors',
        'duration-500 first:rounded-t-card last:rounded-b-card data-revealed:bg-accent-soft',
        control.type !== 'switch' && 'flex-wrap',
      )}
    >
      <div
        className={classNames(
          'flex-1',
          control.type === 'switch' ? 'min-w-0' : 'min-w-44 basis-64',
        )}
      >
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Label field={field} id={id} />
          <Marks field={field} isUnsaved={isUnsaved} value={read.ok ? read.value : undefined} />
        </div>
        <div id={`${id}-about`}>
          <p className="mt-0.5 text-sm text-muted">{hintOf(key)}</p>
          {control.type !== 'secret' && (
            <p className="mt-1 text-xs text-muted">{boundsText(field)}</p>
          )}
        </div>
      </div>
      <div data-control className={classNames('min-w-0', broad ? 'basis-full' : widthOf(field))}>
        <Labelled
          id={id}
          describedBy={error ? `${id}-error ${id}-about` : `${id}-about`}
          invalid={error !== null}
        >
          <SettingControl
            {...{ field, stored, typed, id }}
            describedBy={`${id}-about`}
            onType={(next) => type(field, next)}
          />
        </Labelled>
        <div id={`${id}-error`} aria-live="polite" className="mt-1.5 empty:hidden">
          {error && <p className="text-sm text-danger">{error}</p>}
          {theirs && (
            <p className="text-sm text-warning">
              {t('centre.meanwhileField', { value: valueText(field, theirs.after) })}
            </p>
          )}
        </div>
      </div>
    </div>
  )
}

function widthOf({ control }: SettingField): string {
  return control.type === 'switch' ? 'pt-0.5' : 'w-64 max-sm:w-full'
}

function Label({ field, id }: { field: SettingField; id: string }) {
  const className = 'text-sm font-medium leading-6 text-ink'
  const text = labelOf(field.key)
  if (!hasOneControl(field)) return <span className={className}>{text}</span>
  return (
    <label htmlFor={id} className={className}>
      {text}
    </label>
  )
}

interface MarksProps {
  field: SettingField
  isUnsaved: boolean
  /** Undefined while what is typed is none. */
  value: unknown
}

/** That something is not saved, or is not the default, and the way back to that. */
function Marks({ field, isUnsaved, value }: MarksProps) {
  const isDefault = field.control.type === 'secret' || isSame(value, field.default)
  return (
    <>
      {isUnsaved ? (
        <Badge tone="warning">{t('centre.unsaved')}</Badge>
      ) : (
        !isDefault && <Badge tone="accent">{t('centre.changed')}</Badge>
      )}
      {!isDefault && (
        <Button
          size="small"
          variant="ghost"
          className="-my-1 h-7 px-2 text-xs"
          aria-label={t('centre.resetField', { field: labelOf(field.key) })}
          onClick={() => type(field, typedOf(field, field.default))}
        >
          {t('centre.reset')}
        </Button>
      )}
    </>
  )
}
