import type { PreferencesPatch } from '#contract/preferences.ts'
import { errorText } from '../api/error-text.ts'
import { updatePreferences } from '../api/me.ts'
import { toast } from '../ui/toast.ts'

/** Takes effect at once; what the server refuses is taken back and told. */
export function storePreference(patch: PreferencesPatch) {
  updatePreferences(patch).catch((error: unknown) => toast(errorText(error), { tone: 'danger' }))
}
