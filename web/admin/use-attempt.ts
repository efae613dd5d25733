import { useState } from 'react'
import { errorText } from '../api/error-text.ts'
import { toast } from '../ui/toast.ts'

/** Does something with the server: whether it is under way, and why it was refused as a toast. */
export function useAttempt(
  textOf: (error: unknown) => string = errorText,
): [busy: boolean, attempt: (act: () => Promise<void>) => Promise<void>] {
  const [busy, setBusy] = useState(false)
  async function attempt(act: () => Promise<void>) {
    setBusy(true)
    try {
      await act()
    } catch (error) {
      toast(textOf(error), { tone: 'danger' })
    } finally {
      setBusy(false)
    }
  }
  return [busy, attempt]
}
