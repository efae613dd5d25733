import { useCallback, useDeferredValue, useMemo, useState } from 'react'
import { Boxes, RotateCcw, SearchX } from 'lucide-react'
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
import { getSettings } from '#contract/settings.ts'
import type { Settings } from '#contract/settings-registry.ts'
import { call } from '../api/call.ts'
import { errorText } from '../api/error-text.ts'
import { useRequest } from '../api/use-request.ts'
import { t } from '../text/i18n.ts'
import { Button } from '../ui/button.tsx'
import { Disclosure } from '../ui/disclosure.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { ErrorState } from '../ui/error-state.tsx'
import { MenuItem, MenuSeparator } from '../ui/menu-items.tsx'
import { Link } from '../ui/navigation.tsx'
import { Section } from '../ui/section.tsx'
import { Skeleton } from '../ui/skeleton.tsx'
import { toast } from '../ui/toast.ts'
import { BulkDialog } from './bulk-dialog.tsx'
import { overrideAll } from './bulk-override.ts'
import { ModelDefaults } from './model-defaults.tsx'
import { ModelDialog } from './model-dialog.tsx'
import { filterModels, type ModelFilter } from './model-filter.ts'
import { ModelFilters } from './model-filters.tsx'
import { ModelList } from './model-list.tsx'
import { OverrideImportNotice, type ImportedOverride } from './override-import-notice.tsx'
import { RefreshNotice } from './refresh-notice.tsx'
import { ResetDialog, type Reset } from './reset-dialog.tsx'
import { SelectionBar } from './selection-bar.tsx'
import { TransferMenu } from './transfer-menu.tsx'

const none: readonly Model[] = []

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
  const settings = useRequest('settings', (signal) => call(getSettings, { signal }))
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

  const known = settings.state.type === 'ready' ? settings.state.reply : null
  const values = (known?.values ?? {}) as Partial<Settings>
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
        {known && (
          <Disclosure summary={t('models.defaults')}>
            <ModelDefaults
              values={known.values as unknown as Settings}
              schemas={schemasOf(known.registry)}
              onSaved={(saved) => {
                settings.replace((reply) => ({ ...reply, values: { ...reply.values, ...saved } }))
                reloadAll()
              }}
            />
          </Disclosure>
        )}
        {models.length > 0 && (
          <>
            <ModelFilters
              models={models}
              filter={filter}
              onChange={(change) => setFilter({ ...filter, ...change })}
            />
            <SelectionBar
              shown={shown}
              total={models.length}
              selected={selected}
              onSelect={setSelected}
              onEdit={() => setIsBulk(true)}
              onReset={() =>
                setReset({ type: 'some', models: models.filter(({ id }) => selected.has(id)) })
              }
            />
            {shown.length === 0 ? (
              <EmptyState
                icon={<SearchX aria-hidden className="size-5" />}
                title={t('models.none')}
              />
            ) : (
              <ModelList models={shown} selected={selected} {...acts} />
            )}
          </>
        )}
      </Section>
      {editing && (
        <ModelDialog
          model={editing}
          settings={values}
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

function withId(ids: ReadonlySet<Id<'model'>>, id: Id<'model'>, isIn: boolean) {
  const next = new Set(ids)
  if (isIn) next.add(id)
  else next.delete(id)
  return next
}

function schemasOf(registry: Record<string, { schema: unknown }> | undefined) {
  const entries = Object.entries(registry ?? {}).map(([key, { schema }]) => [key, schema])
  return Object.fromEntries(entries) as Record<string, unknown>
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
