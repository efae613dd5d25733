import { useState } from 'react'
import { t } from '../../text/i18n.ts'
import { Disclosure } from '../../ui/disclosure.tsx'
import { Link, useAddressHash } from '../../ui/navigation.tsx'
import { useCentre } from './centre.ts'
import { SectionForm } from './section-form.tsx'

const section = 'models'
const linkClass = 'rounded font-medium text-accent ring-focus hover:underline'

/** What counts for every model of which nobody says more, folded away above the models. */
export function ModelSettings({ onSaved }: { onSaved: () => void }) {
  const { known } = useCentre()
  const hash = useAddressHash()
  const [isOpen, setIsOpen] = useState<boolean | null>(null)
  if (!known) return null
  const isMeant = known.fields.some(
    (field) => field.section === section && hash === `#${field.key}`,
  )
  return (
    <Disclosure
      summary={t('models.defaults')}
      open={isOpen ?? isMeant}
      onToggle={setIsOpen}
      className="max-w-2xl"
    >
      <div className="flex flex-col gap-4 pt-2">
        <p className="text-sm text-muted">
          {t('models.defaultsHint')}{' '}
          <Link to="/main/admin/access" className={linkClass}>
            {t('models.toAccess')}
          </Link>
          {' · '}
          <Link to="/main/admin/reasoning" className={linkClass}>
            {t('models.toReasoning')}
          </Link>
        </p>
        <SectionForm section={section} onSaved={onSaved} />
      </div>
    </Disclosure>
  )
}
