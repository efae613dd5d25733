import type {
  Audience,
  CapabilityFlag,
  LimitSource,
  Model,
  ModelOriginal,
} from '#contract/models.ts'
import type { Settings } from '#contract/settings-registry.ts'
import { t } from '../text/i18n.ts'
import { Field, Select, TextInput } from '../ui/field.tsx'
import { Switch } from '../ui/switch.tsx'
import { EffortFields } from './effort-fields.tsx'
import {
  audiences,
  contextBounds,
  originalOf,
  outputBounds,
  priceKinds,
  priceMax,
  type AccessWord,
  type ModelDraft,
  type UnfitField,
} from './model-draft.ts'
import { OverrideField } from './override-field.tsx'
import { SaidCapabilityFields } from './said-capability-fields.tsx'

export interface ModelFieldsProps {
  model: Model
  draft: ModelDraft
  unfit: readonly UnfitField[]
  settings: Partial<Settings>
  onChange: (change: Partial<ModelDraft>) => void
}

/** Everything that can be said of one model. */
export function ModelFields(props: ModelFieldsProps) {
  const { model, draft, onChange } = props
  const original = originalOf(model)
  return (
    <>
      <OverrideField
        label={t('models.field.label')}
        hint={t('models.field.labelHint')}
        original={{ value: original.label }}
        isSet={draft.label !== ''}
        onReset={() => onChange({ label: '' })}
      >
        <TextInput
          value={draft.label}
          maxLength={100}
          placeholder={original.label}
          onChange={({ target }) => onChange({ label: target.value })}
        />
      </OverrideField>
      <Switch
        label={t('models.field.hidden')}
        hint={t('models.field.hiddenHint')}
        checked={draft.isHidden}
        onChange={(isHidden) => onChange({ isHidden })}
      />
      <LimitFields {...props} original={original} />
      <OverrideField
        label={t('models.field.tags')}
        hint={t('models.field.tagsHint')}
        original={{ value: original.tags.join(', ') || t('models.nothing') }}
        isSet={draft.tags !== null}
        onReset={() => onChange({ tags: null })}
      >
        <TextInput
          value={draft.tags ?? original.tags.join(', ')}
          onChange={({ target }) => onChange({ tags: target.value })}
        />
      </OverrideField>
      <AbilityFields {...props} original={original} />
      <EffortFields
        efforts={draft.efforts}
        original={original.efforts}
        onChange={(efforts) => onChange({ efforts })}
      />
      <AccessFields {...props} />
      <PriceFields {...props} />
    </>
  )
}

interface OriginalProps extends ModelFieldsProps {
  original: ModelOriginal
}

function LimitFields({ draft, unfit, original, onChange }: OriginalProps) {
  const shown = (tokens: number | null, source: LimitSource) =>
    tokens === null
      ? { value: t('models.noLimit') }
      : { value: t('models.tokens', { n: tokens }), source: t(`models.source.${source}`) }
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <OverrideField
        label={t('models.field.context')}
        hint={t('models.field.contextHint')}
        original={shown(original.contextWindow, original.contextSource)}
        isSet={draft.contextWindow !== ''}
        error={unfit.includes('contextWindow') ? t('models.unfitCount', contextBounds) : null}
        onReset={() => onChange({ contextWindow: '' })}
      >
        <TextInput
          inputMode="numeric"
          maxLength={12}
          value={draft.contextWindow}
          placeholder={String(original.contextWindow)}
          onChange={({ target }) => onChange({ contextWindow: target.value })}
        />
      </OverrideField>
      <OverrideField
        label={t('models.field.output')}
        hint={t('models.field.outputHint')}
        original={shown(original.outputTokens, original.outputSource)}
        isSet={draft.outputTokens !== ''}
        error={unfit.includes('outputTokens') ? t('models.unfitCount', outputBounds) : null}
        onReset={() => onChange({ outputTokens: '' })}
      >
        <TextInput
          inputMode="numeric"
          maxLength={12}
          value={draft.outputTokens}
          placeholder={original.outputTokens === null ? '' : String(original.outputTokens)}
          onChange={({ target }) => onChange({ outputTokens: target.value })}
        />
      </OverrideField>
    </div>
  )
}

function AbilityFields({ draft, original, onChange }: OriginalProps) {
  return (
    <SaidCapabilityFields
      legend={t('models.field.abilities')}
      hint={t('models.field.abilitiesHint')}
      said={draft.capabilities}
      unsaidText={(flag) => detectedText(original, flag)}
      onChange={(capabilities) => onChange({ capabilities })}
    />
  )
}

function detectedText(original: ModelOriginal, flag: CapabilityFlag): string {
  const said = original.capabilities[flag]
  const source = original.capabilitySources[flag]
  if (said === null || !source) return t('models.detectedUnsaid')
  return t(said ? 'models.detectedYes' : 'models.detectedNo', {
    source: t(`models.saidBy.${source}`),
  })
}

function AccessFields({ draft, settings, onChange }: ModelFieldsProps) {
  const inherited = (audience: Audience) => {
    const decision = settings[`models.access.${audience}`]
    return decision
      ? t('models.inherit', { decision: t(`models.access.${decision}`) })
      : t('models.inheritBare')
  }
  return (
    <fieldset>
      <legend className="text-sm font-medium">{t('models.field.access')}</legend>
      <p className="mt-0.5 text-sm text-muted">{t('models.field.accessHint')}</p>
      <div className="mt-2 grid gap-x-5 gap-y-3 sm:grid-cols-2">
        {audiences.map((audience) => (
          <Field key={audience} label={t(`models.audience.${audience}`)}>
            <Select
              value={draft.access[audience]}
              onChange={({ target }) =>
                onChange({ access: { ...draft.access, [audience]: target.value as AccessWord } })
              }
            >
              <option value="inherit">{inherited(audience)}</option>
              <option value="allow">{t('models.allow')}</option>
              <option value="deny">{t('models.deny')}</option>
            </Select>
          </Field>
        ))}
      </div>
    </fieldset>
  )
}

function PriceFields({ draft, unfit, onChange }: ModelFieldsProps) {
  return (
    <fieldset>
      <legend className="text-sm font-medium">{t('models.field.price')}</legend>
      <p className="mt-0.5 text-sm text-muted">{t('models.field.priceHint')}</p>
      <div className="mt-2 grid gap-x-5 gap-y-3 sm:grid-cols-3">
        {priceKinds.map((kind) => (
          <Field
            key={kind}
            label={t(`models.price.${kind}`)}
            error={unfit.includes(kind) ? t('models.unfitPrice', { max: priceMax }) : null}
          >
            <TextInput
              inputMode="decimal"
              maxLength={12}
              value={draft.price[kind]}
              onChange={({ target }) =>
                onChange({ price: { ...draft.price, [kind]: target.value } })
              }
            />
          </Field>
        ))}
      </div>
    </fieldset>
  )
}
