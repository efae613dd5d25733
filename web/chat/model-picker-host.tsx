import { Suspense } from 'react'
import { useValue } from '../api/value.ts'
import { later } from '../ui/later.ts'
import { modelQuestion } from './model-choice.ts'

const ModelPicker = later(async () => (await import('./model-picker.tsx')).ModelPicker)

/** Shows the model selector while somebody is asked for a model. */
export function ModelPickerHost() {
  const question = useValue(modelQuestion)
  return (
    question && (
      <Suspense>
        <ModelPicker question={question} onClose={() => modelQuestion.set(null)} />
      </Suspense>
    )
  )
}
