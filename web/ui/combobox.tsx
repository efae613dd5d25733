import { useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'
import { ChevronDown } from 'lucide-react'
import { anchorTo } from './anchor.ts'
import { classNames } from './class-names.ts'
import { TextInput } from './field.tsx'

export interface ComboboxOption {
  value: string
  label: string
  detail?: string
}

interface ComboboxProps {
  /** What is shown while nothing is being typed. */
  text: string
  /** The options that fit what is typed, the best first. */
  find: (typed: string) => readonly ComboboxOption[]
  onChoose: (value: string) => void
  /** What was typed and is none of the options; without it, that is dropped. */
  onType?: (typed: string) => void
  disabled?: boolean
  labels: { none: string; more: (n: number) => string }
}

const shownMax = 50

/** A choice of many, found by typing: an ARIA combobox with a list. Stands in a `Field`. */
export function Combobox({ text, find, onChoose, onType, disabled, labels }: ComboboxProps) {
  const listId = useId()
  const [typed, setTyped] = useState<string | null>(null)
  const [isOpen, setIsOpen] = useState(false)
  const [active, setActive] = useState(0)
  const inputRef = useRef<HTMLInputElement>(null)
  const found = isOpen ? find(typed ?? '') : []
  const shown = found.slice(0, shownMax)

  function open() {
    setIsOpen(true)
    setActive(0)
  }
  function close() {
    setIsOpen(false)
    setTyped(null)
  }
  function choose(option: ComboboxOption | undefined) {
    if (option) onChoose(option.value)
    close()
  }
  function leave() {
    const rest = typed?.trim() ?? ''
    if (rest === '') return close()
    const same = find(rest).find(({ label }) => label.toLowerCase() === rest.toLowerCase())
    if (same) return choose(same)
    onType?.(rest)
    close()
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing) return
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault()
      if (!isOpen) return open()
      const step = event.key === 'ArrowDown' ? 1 : -1
      setActive((active + step + shown.length) % Math.max(1, shown.length))
    }
    if (event.key === 'Enter' && isOpen) {
      event.preventDefault()
      choose(shown[active])
    }
    if (event.key === 'Escape' && isOpen) {
      event.preventDefault()
      event.stopPropagation()
      close()
    }
  }

  return (
    <span className="relative block">
      <TextInput
        ref={inputRef}
        role="combobox"
        aria-expanded={isOpen}
        aria-controls={isOpen ? listId : undefined}
        aria-autocomplete="list"
        aria-activedescendant={isOpen && shown[active] ? `${listId}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        disabled={disabled}
        className="pr-9"
        value={typed ?? text}
        onChange={({ target }) => {
          setTyped(target.value)
          open()
        }}
        onClick={() => !isOpen && open()}
        onFocus={({ target }) => target.select()}
        onBlur={leave}
        onKeyDown={onKeyDown}
      />
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute right-3 top-1/2 size-4 -translate-y-1/2 text-muted"
      />
      {isOpen && (
        <OptionList
          id={listId}
          inputRef={inputRef}
          shown={shown}
          more={found.length - shown.length}
          active={active}
          labels={labels}
          onChoose={choose}
          onScrollAway={close}
        />
      )}
    </span>
  )
}

interface OptionListProps {
  id: string
  inputRef: React.RefObject<HTMLInputElement | null>
  shown: readonly ComboboxOption[]
  more: number
  active: number
  labels: ComboboxProps['labels']
  onChoose: (option: ComboboxOption) => void
  onScrollAway: () => void
}

function OptionList(props: OptionListProps) {
  const { id, inputRef, shown, more, active, labels, onChoose, onScrollAway } = props
  const ref = useRef<HTMLDivElement>(null)
  useLayoutEffect(() => {
    const panel = ref.current
    const input = inputRef.current
    if (!panel || !input) return
    // The top layer keeps it above dialogs and outside of every clipping ancestor.
    if (!panel.matches(':popover-open')) panel.showPopover()
    panel.style.width = `${input.offsetWidth}px`
    panel.style.top = panel.style.bottom = 'auto'
    anchorTo(panel, input.getBoundingClientRect(), { align: 'start', side: 'bottom' })
    panel.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  })
  useLayoutEffect(() => {
    const stop = new AbortController()
    const onScroll = ({ target }: Event) => {
      if (target !== ref.current) onScrollAway()
    }
    document.addEventListener('scroll', onScroll, { capture: true, signal: stop.signal })
    return () => stop.abort()
  })
  return (
    <div
      ref={ref}
      popover="manual"
      // A press on an option must not take focus from the field.
      onPointerDown={(event) => event.preventDefault()}
      className="fixed inset-auto m-0 max-h-72 overflow-y-auto rounded-card border border-line bg-raised p-1 text-sm text-ink shadow-float"
    >
      <ul role="listbox" id={id}>
        {shown.map((option, at) => (
          <li
            key={option.value}
            id={`${id}-${at}`}
            role="option"
            aria-selected={at === active}
            onClick={() => onChoose(option)}
            className={classNames(
              'flex cursor-pointer items-baseline gap-3 rounded-control px-2.5 py-1.5 pointer-coarse:py-2.5',
              at === active ? 'bg-hover' : 'hover:bg-hover',
            )}
          >
            <span className="min-w-0 flex-1 [overflow-wrap:anywhere]">{option.label}</span>
            {option.detail && <span className="text-xs text-muted">{option.detail}</span>}
          </li>
        ))}
      </ul>
      {shown.length === 0 && <p className="px-2.5 py-1.5 text-muted">{labels.none}</p>}
      {more > 0 && <p className="px-2.5 py-1.5 text-xs text-muted">{labels.more(more)}</p>}
    </div>
  )
}
