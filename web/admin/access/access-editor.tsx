import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react'
import { ChevronDown, SearchX } from 'lucide-react'
import type { Id } from '#contract/ids.ts'
import type { Audience, Model } from '#contract/models.ts'
import { errorText } from '../../api/error-text.ts'
import { t, useLanguage } from '../../text/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { Menu } from '../../ui/menu.tsx'
import { MenuItem } from '../../ui/menu-items.tsx'
import { toast } from '../../ui/toast.ts'
import { overrideAll } from '../bulk-override.ts'
import { audiences, type AccessWord } from '../model-draft.ts'
import { filterModels, type ModelFilter, type ModelMark } from '../model-filter.ts'
import { ModelFilters } from '../model-filters.tsx'
import { ModelList } from '../model-list.tsx'
import { withId } from '../selection.ts'
import { SelectionBar } from '../selection-bar.tsx'
import { loadAllModels, useAllModels } from '../settings/all-models.ts'
import { useCentre } from '../settings/centre.ts'
import { accessListLook, AccessRow } from './access-row.tsx'

const marks: readonly ModelMark[] = ['forGuests', 'notForUsers', 'ownAccess']
const none: readonly Model[] = []
const words: readonly AccessWord[] = ['allow', 'deny', 'inherit']

/** Who may use which model: each for itself, or many at once. */
export function AccessEditor({ onChange }: { onChange: () => void }) {
  const language = useLanguage()
  const { known } = useCentre()
  const models = useAllModels() ?? none
  const [filter, setFilter] = useState<ModelFilter>({ search: '', connectionId: null, marks: [] })
  const [selected, setSelected] = useState<ReadonlySet<Id<'model'>>>(new Set())
  const wanted = useDeferredValue(filter)
  const shown = useMemo(() => filterModels(models, wanted), [models, wanted])
  const revision = known?.revision
  useEffect(() => {
    loadAllModels().catch(tell)
  }, [revision])

  const set = useCallback(
    async (changed: readonly Model[], audience: Audience, word: AccessWord) => {
      try {
        const access = { [audience]: word === 'inherit' ? null : word }
        const n = await overrideAll(
          changed.map(({ id }) => id),
          { access },
        )
        toast(t('access.done', { n }), { tone: 'success' })
        await loadAllModels()
        onChange()
      } catch (error) {
        tell(error)
      }
    },
    [onChange],
  )
  const user = defaultOf(known?.values['models.access.user'])
  const guest = defaultOf(known?.values['models.access.guest'])
  const show = useCallback(
    (model: Model, isTable: boolean) => (
      <AccessRow
        {...{ model, isTable, user, guest }}
        isSelected={selected.has(model.id)}
        onSelect={({ id }, isIn) => setSelected((last) => withId(last, id, isIn))}
        onSet={(changed, audience, word) => void set(changed, audience, word)}
      />
    ),
    [selected, user, guest, set],
  )
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- its words are those of the language
  const look = useMemo(accessListLook, [language])
  if (models.length === 0) return null
  const chosen = models.filter(({ id }) => selected.has(id))
  return (
    <section className="flex flex-col gap-3">
      <div>
        <h3 className="text-sm font-semibold text-ink">{t('access.models')}</h3>
        <p className="text-sm text-muted">{t('access.modelsHint')}</p>
      </div>
      <ModelFilters
        models={models}
        filter={filter}
        marks={marks}
        onChange={(change) => setFilter({ ...filter, ...change })}
      />
      <SelectionBar shown={shown} total={models.length} selected={selected} onSelect={setSelected}>
        {audiences.map((audience) => (
          <SetMenu
            key={audience}
            audience={audience}
            onSet={(word) => void set(chosen, audience, word)}
          />
        ))}
      </SelectionBar>
      {shown.length === 0 ? (
        <EmptyState icon={<SearchX aria-hidden className="size-5" />} title={t('models.none')} />
      ) : (
        <ModelList models={shown} look={look} show={show} />
      )}
    </section>
  )
}

interface SetMenuProps {
  audience: Audience
  onSet: (word: AccessWord) => void
}

function SetMenu({ audience, onSet }: SetMenuProps) {
  return (
    <Menu
      align="end"
      trigger={(trigger) => (
        <Button size="small" {...trigger}>
          {t(`access.column.${audience}`)}
          <ChevronDown aria-hidden className="size-4" />
        </Button>
      )}
    >
      {words.map((word) => (
        <MenuItem key={word} onSelect={() => onSet(word)}>
          {word === 'inherit' ? t('access.asAbove') : t(`models.${word}`)}
        </MenuItem>
      ))}
    </Menu>
  )
}

function defaultOf(value: unknown): 'allow' | 'deny' {
  return value === 'allow' ? 'allow' : 'deny'
}

function tell(error: unknown) {
  toast(errorText(error), { tone: 'danger' })
}
