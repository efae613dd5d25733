import { useCallback, useDeferredValue, useEffect, useMemo, useState } from 'react'
import { Boxes, Pencil, RotateCcw, SearchX } from 'lucide-react'
import type { Id } from '#contract/ids.ts'
import {
  exportModels,
  importModels,
  listModels,
  overrideModel,
  refreshModels,
  type Model,
  type ModelOverride,
  type Refreshed,
} from '#contract/models.ts'
import type { Settings } from '#contract/settings-registry.ts'
import { call } from '../api/call.ts'
import { errorText } from '../api/error-text.ts'
import { useRequest } from '../api/use-request.ts'
import { t, useLanguage } from '../text/i18n.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { MenuItem, MenuSeparator } from '../ui/menu-items.tsx'
import { Link } from '../ui/navigation.tsx'
import { Section } from '../ui/section.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { toast } from '../ui/toast.ts'
import { BulkDialog } from './bulk-dialog.tsx'
import { overrideAll } from './bulk-override.ts'
import { ModelDialog } from './model-dialog.tsx'
import { filterModels, type ModelFilter, type ModelMark } from './model-filter.ts'
import { ModelFilters } from './model-filters.tsx'
import { ModelList } from './model-list.tsx'
import { ModelCard, modelListLook, ModelTableRow } from './model-row.tsx'
import { OverrideImportNotice, type ImportedOverride } from './override-import-notice.tsx'
import { RefreshNotice } from './refresh-notice.tsx'
import { ResetDialog, type Reset } from './reset-dialog.tsx'
import { withId } from './selection.ts'
import { SelectionBar } from './selection-bar.tsx'
import { ModelSettings } from './settings/model-settings.tsx'
import { loadCentre, useCentre } from './settings/centre.ts'
import { TransferMenu } from './transfer-menu.tsx'

const none: readonly Model[] = []
const marks: readonly ModelMark[] = ['overridden', 'hidden', 'gone', 'embedding']

/** What came of something done with all of them. */
type Outcome =
  | { type: 'refreshed'; items: readonly Refreshed[] }
  | { type: 'imported'; items: readonly ImportedOverride[] }

interface ModelsPageProps {
  /** The models somebody may choose are others now. */
  onChange: () => void
}

/** Every model of every connection, what is known of each and whose word that is. */
export default function ModelsPage({ onChange }: ModelsPageProps) {
  const { state, reload, replace } = useRequest('models', (signal) =>
    call(listModels, { query: { all: '1' }, signal }),
  )
  const language = useLanguage()
  const { known } = useCentre()
  useEffect(() => {
    void loadCentre()
  }, [])
  const [filter, setFilter] = useState<ModelFilter>({ search: '', connectionId: null, marks: [] })
  const [selected, setSelected] = useState<ReadonlySet<Id<'model'>>>(new Set())
  const [editing, setEditing] = useState<Model | null>(null)
  const [isBulk, setIsBulk] = useState(false)
  const [reset, setReset] = useState<Reset | null>(null)
  const [outcome, setOutcome] = useState<Outcome | null>(null)
  const models = state.type === 'ready' ? state.reply.items : none
  const wanted = useDeferredValue(filter)
  const shown = useMemo(() => filterModels(models, wanted), [models, wanted])

  const put = useCallback(
    (model: Model) => {
      replace((reply) => ({
        ...reply,
        items: reply.items.map((other) => (other.id === model.id ? model : other)),
      }))
      onChange()
    },
    [replace, onChange],
  )
  // The list renders again only when something about it has changed.
  const acts = useMemo(
    () => ({
      onSelect: ({ id }: Model, isSelected: boolean) =>
        setSelected((last) => withId(last, id, isSelected)),
      onEdit: setEditing,
      onHide: (model: Model, isHidden: boolean) => void hide(model, isHidden, put),
      onReset: (model: Model) => setReset({ type: 'some', models: [model] }),
    }),
    [put],
  )
  const show = useCallback(
    (model: Model, isTable: boolean) => {
      const Row = isTable ? ModelTableRow : ModelCard
      return <Row model={model} isSelected={selected.has(model.id)} {...acts} />
    },
    [selected, acts],
  )
  // oxlint-disable-next-line react-hooks/exhaustive-deps -- its words are those of the language
  const look = useMemo(modelListLook, [language])
  function reloadAll() {
    reload()
    onChange()
  }
  async function saveBulk(patch: ModelOverride) {
    const updated = await overrideAll([...selected], patch)
    toast(t('models.updated', { n: updated }), { tone: 'success' })
    setIsBulk(false)
    reloadAll()
  }
  async function refreshAll() {
    setOutcome(null)
    const { items } = await call(refreshModels)
    setOutcome({ type: 'refreshed', items })
    reloadAll()
  }
  async function importFile(file: unknown) {
    setOutcome(null)
    const { items } = await call(importModels, { body: file })
    setOutcome({ type: 'imported', items })
    reloadAll()
  }

  return (
    <>
      <Section
        title={t('settings.models')}
        hint={t('models.hint')}
        action={
          <TransferMenu
            fileName="aichat-models.json"
            read={() => call(exportModels)}
            write={importFile}
            onRefreshAll={refreshAll}
          >
            <MenuSeparator />
            <MenuItem icon={<RotateCcw />} danger onSelect={() => setReset({ type: 'every' })}>
              {t('models.resetAll')}
            </MenuItem>
          </TransferMenu>
        }
      >
        {outcome?.type === 'imported' && <OverrideImportNotice items={outcome.items} />}
        {outcome?.type === 'refreshed' && (
          <RefreshNotice
            items={outcome.items}
            nameOf={(id) => models.find(({ connectionId }) => connectionId === id)?.channel ?? id}
          />
        )}
        {state.type === 'loading' && <Waiting />}
        {state.type === 'failed' && (
          <ErrorState
            title={t('error.title')}
            detail={errorText(state.error)}
            action={<Button onClick={reload}>{t('common.retry')}</Button>}
          />
        )}
        {state.type === 'ready' && models.length === 0 && <NoneYet />}
        <ModelSettings onSaved={reloadAll} />
        {models.length > 0 && (
          <>
            <ModelFilters
              models={models}
              filter={filter}
              marks={marks}
              onChange={(change) => setFilter({ ...filter, ...change })}
            />
            <SelectionBar
              shown={shown}
              total={models.length}
              selected={selected}
              onSelect={setSelected}
            >
              <Button
                size="small"
                icon={<RotateCcw aria-hidden className="size-4" />}
                onClick={() =>
                  setReset({ type: 'some', models: models.filter(({ id }) => selected.has(id)) })
                }
              >
                {t('models.reset')}
              </Button>
              <Button
                size="small"
                variant="primary"
                icon={<Pencil aria-hidden className="size-4" />}
                onClick={() => setIsBulk(true)}
              >
                {t('models.edit')}
              </Button>
            </SelectionBar>
            {shown.length === 0 ? (
              <EmptyState
                icon={<SearchX aria-hidden className="size-5" />}
                title={t('models.none')}
              />
            ) : (
              <ModelList models={shown} look={look} show={show} />
            )}
          </>
        )}
      </Section>
      {editing && (
        <ModelDialog
          model={editing}
          settings={(known?.values ?? {}) as Partial<Settings>}
          onClose={() => setEditing(null)}
          onSaved={(model) => {
            put(model)
            setEditing(null)
            toast(t('models.saved', { name: model.label }), { tone: 'success' })
          }}
        />
      )}
      {isBulk && (
        <BulkDialog count={selected.size} onSave={saveBulk} onClose={() => setIsBulk(false)} />
      )}
      <ResetDialog reset={reset} onDone={reloadAll} onClose={() => setReset(null)} />
    </>
  )
}

async function hide({ id }: Model, isHidden: boolean, put: (model: Model) => void) {
  try {
    put(await call(overrideModel, { params: { id }, body: { hidden: isHidden || null } }))
  } catch (error) {
    toast(errorText(error), { tone: 'danger' })
  }
}

function NoneYet() {
  return (
    <EmptyState
      icon={<Boxes aria-hidden className="size-5" />}
      title={t('models.emptyTitle')}
      action={
        <Link
          to="/main/admin/connections"
          className="inline-flex h-9 items-center rounded-control bg-accent px-3.5 text-sm font-medium text-on-accent ring-focus touch-target"
        >
          {t('models.toConnections')}
        </Link>
      }
    >
      {t('models.empty')}
    </EmptyState>
  )
}

function Waiting() {
  return (
    <div role="status" aria-label={t('common.loading')} className="flex flex-col gap-3">
      {[1, 2, 3, 4, 5].map((row) => (
        <Skeleton key={row} className="h-14 w-full" />
      ))}
    </div>
  )
}
