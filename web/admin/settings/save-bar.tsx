import { useEffect, useState } from 'react'
import { errorText } from '../../api/error-text.ts'
import { t } from '../../text/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { toast } from '../../ui/toast.ts'
import { changedFields, unfitFields } from './centre-state.ts'
import { centreValue, revert, save, useCentre } from './centre.ts'
import { reveal } from '../../ui/revealed.ts'

interface SaveBarProps {
  section: string
  onSaved: (() => void) | undefined
}

/** In view as long as something in the section is not saved. */
export function SaveBar({ section, onSaved }: SaveBarProps) {
  const state = useCentre()
  const [busy, setBusy] = useState(false)
  const changed = changedFields(state, section)
  const unfit = unfitFields(state, changed)
  const isShown = changed.length > 0
  useEffect(() => {
    // It must not lie on what is being typed.
    const { activeElement } = document
    if (isShown && activeElement?.closest('[role=region]')) {
      activeElement.scrollIntoView({ block: 'nearest' })
    }
  }, [isShown])
  if (!isShown) return null

  async function submit() {
    const first = unfit[0]
    if (first) return void reveal(first.key)
    setBusy(true)
    try {
      await finish()
    } catch (error) {
      toast(errorText(error), { tone: 'danger' })
    } finally {
      setBusy(false)
    }
  }
  async function finish() {
    const outcome = await save(section)
    if (outcome === 'saved') {
      toast(t('settings.saved'), { tone: 'success' })
      onSaved?.()
    }
    if (outcome === 'refused') {
      const [refused] = Object.keys(centreValue.get().refused)
      if (refused !== undefined) reveal(refused)
    }
  }
  return (
    <div className="sticky -bottom-13 z-10 flex max-w-2xl flex-wrap items-center justify-end gap-x-3 gap-y-2 rounded-card border border-line bg-raised px-4 py-3 shadow-float">
      <p role="status" className="min-w-40 flex-1 text-sm">
        {t('centre.unsavedCount', { n: changed.length })}
        {unfit.length > 0 && (
          <span className="block text-danger">{t('centre.unfitCount', { n: unfit.length })}</span>
        )}
      </p>
      <Button variant="ghost" onClick={() => revert(section)}>
        {t('settings.revert')}
      </Button>
      <Button variant="primary" loading={busy} onClick={submit}>
        {t('common.save')}
      </Button>
    </div>
  )
}
