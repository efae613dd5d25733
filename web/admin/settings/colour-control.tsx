import { t } from '../../text/i18n.ts'
import { accentFor, type Theme } from '../../ui/accent.ts'
import { TextInput } from '../../ui/field.tsx'
import type { ControlProps } from './control-props.ts'
import { readTyped } from './typed-value.ts'

const surfaces: Record<Theme, string> = { light: '#ffffff', dark: '#17191d' }

/** A colour as it is picked or written, and how it looks in both themes. */
export function ColourControl({ field, typed, onType }: ControlProps<'colour'>) {
  const read = readTyped(field, typed)
  const colour = read.ok ? String(read.value).toLowerCase() : null
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-center gap-2.5">
        <input
          type="color"
          aria-label={t('accent.pick')}
          value={colour ?? '#000000'}
          onChange={({ target }) => onType(target.value)}
          className="h-10 w-12 shrink-0 cursor-pointer rounded-control border border-line-strong bg-surface p-1 ring-focus touch-target"
        />
        <TextInput
          maxLength={7}
          spellCheck={false}
          autoCapitalize="none"
          className="max-w-32 font-mono"
          value={String(typed)}
          onChange={({ target }) => onType(target.value)}
        />
      </div>
      {colour && <Preview colour={colour} />}
    </div>
  )
}

function Preview({ colour }: { colour: string }) {
  const light = accentFor(colour, 'light').solid
  const dark = accentFor(colour, 'dark').solid
  return (
    <>
      <div className="grid grid-cols-2 overflow-hidden rounded-control border border-line">
        <Sample colour={colour} theme="light" />
        <Sample colour={colour} theme="dark" />
      </div>
      <p className="text-sm text-muted">
        {light === colour && dark === colour
          ? t('accent.asChosen')
          : t('accent.corrected', { light, dark })}
      </p>
    </>
  )
}

function Sample({ colour, theme }: { colour: string; theme: Theme }) {
  const { solid, on, text } = accentFor(colour, theme)
  return (
    <div
      className="flex flex-wrap items-center gap-3 px-3 py-3 text-sm font-medium"
      style={{ background: surfaces[theme] }}
    >
      <span className="rounded-control px-3 py-1.5" style={{ background: solid, color: on }}>
        {t('accent.sample')}
      </span>
      <span style={{ color: text }}>{t(`accent.${theme}`)}</span>
    </div>
  )
}
