import { useEffect, useLayoutEffect, useState } from 'react'
import { Search } from 'lucide-react'
import { usePreferences } from '../api/me.ts'
import { t } from '../text/i18n.ts'
import { anchorTo } from '../ui/anchor.ts'
import { classNames } from '../ui/class-names.ts'
import { closing, useModal } from '../ui/modal.ts'
import { useMedia } from '../ui/media.ts'
import type { ModelQuestion } from './model-choice.ts'
import { abilityFilters, firstOf, modelGroups, type AbilityFilter } from './model-groups.ts'
import { ModelRow } from './model-row.tsx'
import { NoModels } from './no-models.tsx'
import { loadModels, useModels } from './models-store.ts'

interface ModelPickerProps {
  question: ModelQuestion
  onClose: () => void
}

/** An installation may have thousands of models; more are shown as somebody scrolls there. */
const rowsStep = 100

/** All models there are to ask, to search and choose from: below its button, or a sheet. */
export function ModelPicker({ question, onClose }: ModelPickerProps) {
  const ref = useModal()
  const isWide = useMedia('(min-width: 640px)')
  const [search, setSearch] = useState('')
  const [abilities, setAbilities] = useState<readonly AbilityFilter[]>([])

  useEffect(() => {
    void loadModels()
  }, [])
  useLayoutEffect(() => {
    const button = document.querySelector('[data-model-button]')
    const panel = ref.current
    if (!isWide || !panel || !button) return
    anchorTo(panel, button.getBoundingClientRect(), { align: 'start', side: 'bottom' })
  }, [ref, isWide])

  return (
    <dialog
      ref={ref}
      aria-label={question.title}
      {...closing(onClose)}
      onKeyDown={(event) => {
        if (moveInRows(event.currentTarget, event.key)) event.preventDefault()
      }}
      className={classNames(
        'm-0 flex-col overflow-hidden bg-raised p-0 text-ink shadow-float animate-float open:flex',
        isWide
          ? 'w-96 rounded-card border border-line backdrop:bg-transparent'
          : 'mt-auto max-h-[85dvh] w-full max-w-none rounded-t-2xl',
      )}
    >
      <label className="flex shrink-0 items-center gap-2 border-b border-line px-4">
        <Search aria-hidden className="size-4 shrink-0 text-muted" />
        <input
          type="search"
          data-autofocus
          value={search}
          onChange={(event) => setSearch(event.target.value)}
          placeholder={t('model.search')}
          aria-label={t('model.search')}
          className="h-12 min-w-0 flex-1 bg-transparent outline-none [&::-webkit-search-cancel-button]:hidden"
        />
      </label>
      <AbilityChips abilities={abilities} onChange={setAbilities} />
      <Rows
        // Another list is seen from its beginning.
        key={`${search}/${abilities.join()}`}
        question={question}
        search={search}
        abilities={abilities}
        onPick={(id) => {
          onClose()
          question.onPick(id)
        }}
      />
    </dialog>
  )
}

interface AbilityChipsProps {
  abilities: readonly AbilityFilter[]
  onChange: (abilities: readonly AbilityFilter[]) => void
}

/** Narrows the list to models that can do something. */
function AbilityChips({ abilities, onChange }: AbilityChipsProps) {
  return (
    <div className="flex shrink-0 flex-wrap gap-1.5 border-b border-line px-4 py-2">
      {abilityFilters.map((ability) => {
        const isOn = abilities.includes(ability)
        return (
          <button
            key={ability}
            type="button"
            aria-pressed={isOn}
            onClick={() =>
              onChange(
                isOn ? abilities.filter((other) => other !== ability) : [...abilities, ability],
              )
            }
            className={classNames(
              'inline-flex h-7 items-center justify-center rounded-full border px-2.5 text-xs',
              'ring-focus touch-target hover:bg-hover',
              isOn
                ? 'border-accent bg-accent-soft font-medium text-accent'
                : 'border-line-strong/60 text-muted',
            )}
          >
            {t(`model.${ability}`)}
          </button>
        )
      })}
    </div>
  )
}

interface RowsProps {
  question: ModelQuestion
  search: string
  abilities: readonly AbilityFilter[]
  onPick: ModelQuestion['onPick']
}

function Rows({ question, search, abilities, onPick }: RowsProps) {
  const models = useModels()
  const { favouriteModelIds, recentModelIds } = usePreferences()
  const [rowsMax, setRowsMax] = useState(rowsStep)
  if (models.type !== 'ready' || models.items.length === 0) return <NoModels />
  const groups = modelGroups(models.items, search, {
    favourites: favouriteModelIds,
    recent: recentModelIds,
    abilities,
  })
  return (
    <div
      onScroll={({ currentTarget: { scrollTop, clientHeight, scrollHeight } }) => {
        if (scrollTop + 2 * clientHeight > scrollHeight) setRowsMax((last) => last + rowsStep)
      }}
      className="min-h-0 flex-1 overflow-y-auto p-1.5 pb-[max(0.375rem,env(safe-area-inset-bottom))]"
    >
      <p role="status" className="sr-only">
        {t('model.count', { n: groups.reduce((sum, group) => sum + group.models.length, 0) })}
      </p>
      {groups.length === 0 && (
        <p className="px-3 py-8 text-center text-sm text-muted">{t('model.noneFound')}</p>
      )}
      {firstOf(groups, rowsMax).map((group) => (
        <section key={group.key} aria-label={nameOf(group.key)}>
          <h3 className="px-2.5 pb-1 pt-2.5 text-xs font-medium text-muted">{nameOf(group.key)}</h3>
          <ul>
            {group.models.map((model) => (
              <ModelRow
                key={model.id}
                model={model}
                isCurrent={model.id === question.currentId}
                isFavourite={favouriteModelIds.includes(model.id)}
                onPick={() => onPick(model.id)}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

function nameOf(key: ReturnType<typeof modelGroups>[number]['key']): string {
  if (key === 'favourites') return t('model.favourites')
  if (key === 'recent') return t('model.recent')
  return key.slice('channel:'.length)
}

/** Arrows go from the search through the rows and back; Enter in the search takes the first. */
function moveInRows(panel: HTMLElement, key: string): boolean {
  const rows = [...panel.querySelectorAll<HTMLElement>('[data-model-row]')]
  const active = document.activeElement
  const at = rows.findIndex((row) => row === active)
  const isInSearch = active instanceof HTMLInputElement
  if (key === 'Enter' && isInSearch) {
    rows[0]?.click()
    return true
  }
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return false
  const next = key === 'ArrowDown' ? Math.min(at + 1, rows.length - 1) : at - 1
  if (next < 0) panel.querySelector('input')?.focus()
  else rows[next]?.focus()
  return true
}
