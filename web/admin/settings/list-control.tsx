import { TextArea } from '../../ui/field.tsx'
import type { ControlProps } from './control-props.ts'
import { NullChoice } from './null-choice.tsx'

/** Texts one per line, or all there are instead of a list. */
export function ListControl({ field, control, typed, onType }: ControlProps<'list'>) {
  const isAll = typed === null
  return (
    <div className="flex flex-col gap-2">
      {control.all !== null && (
        <NullChoice
          field={field}
          word="all"
          checked={isAll}
          onChange={(all) => onType(all ? null : '')}
        />
      )}
      {!isAll && (
        <TextArea
          rows={4}
          spellCheck={false}
          autoCapitalize="none"
          className="font-mono"
          value={String(typed)}
          onChange={({ target }) => onType(target.value)}
        />
      )}
    </div>
  )
}
