import { listModels, type Model } from '#contract/models.ts'
import { call } from '../../api/call.ts'
import { createValue, useValue } from '../../api/value.ts'
import { t } from '../../text/i18n.ts'

/** Every model, also those that are hidden or gone; null until they are known. */
const modelsValue = createValue<readonly Model[] | null>(null)

export function useAllModels(): readonly Model[] | null {
  return useValue(modelsValue)
}

export async function loadAllModels(): Promise<void> {
  const { items } = await call(listModels, { query: { all: '1' } })
  modelsValue.set(items)
}

/** What the model is called; whoever shows it asks for the models by `useAllModels`. */
export function modelName(id: string): string {
  const models = modelsValue.get()
  if (!models) return '…'
  const model = models.find((other) => other.id === id)
  return model ? `${model.label} · ${model.channel}` : t('model.unknown')
}

/** Whether guests may use any model as things stand. */
export function isAnyOpenToGuests(models: readonly Model[]): boolean {
  return models.some(
    ({ resolvedAccess, available, kind }) =>
      available && kind !== 'embedding' && resolvedAccess?.guest.decision === 'allow',
  )
}
