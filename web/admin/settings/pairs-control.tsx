import { Plus, X } from 'lucide-react'
import { t } from '../../text/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { Field, TextInput } from '../../ui/field.tsx'
import type { ControlProps } from './control-props.ts'

type Pair = readonly [before: string, after: string]

/** Texts two by two: what stands before something and what behind it. */
export function PairsControl({ control, typed, onType }: ControlProps<'pairs'>) {
  const pairs = typed as readonly Pair[]
  const replace = (at: number, pair: Pair) =>
    onType(pairs.map((other, index) => (index === at ? pair : other)))
  return (
    <div className="flex flex-col gap-2">
      {pairs.map(([before, after], at) => (
        // oxlint-disable-next-line react/no-array-index-key -- a pair is nothing but its place
        <div key={at} className="flex items-center gap-2">
          <Field label={t('pairs.before', { n: at + 1 })} hideLabel className="min-w-0 flex-1">
            <TextInput
              className="font-mono"
              maxLength={control.lengthMax}
              spellCheck={false}
              autoCapitalize="none"
              value={before}
              onChange={({ target }) => replace(at, [target.value, after])}
            />
          </Field>
          <span aria-hidden className="text-muted">
            …
          </span>
          <Field label={t('pairs.after', { n: at + 1 })} hideLabel className="min-w-0 flex-1">
            <TextInput
              className="font-mono"
              maxLength={control.lengthMax}
              spellCheck={false}
              autoCapitalize="none"
              value={after}
              onChange={({ target }) => replace(at, [before, target.value])}
            />
          </Field>
          <IconButton
            label={t('pairs.remove', { n: at + 1 })}
            icon={<X className="size-4" />}
            onClick={() => onType(pairs.filter((_, index) => index !== at))}
          />
        </div>
      ))}
      <div>
        <Button
          size="small"
          icon={<Plus aria-hidden className="size-4" />}
          disabled={pairs.length >= control.itemsMax}
          onClick={() => onType([...pairs, ['', '']])}
        >
          {t('pairs.add')}
        </Button>
      </div>
    </div>
  )
}
