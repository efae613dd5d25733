import type { ComponentType } from 'react'
import { t } from '../../text/i18n.ts'
import { Section } from '../../ui/section.tsx'
import { AccessEditor } from '../access/access-editor.tsx'
import { KeysOverview } from '../api-keys/keys-overview.tsx'
import { AccountNotes, GuestsWithoutModels } from './account-notes.tsx'
import { BrandImages } from '../brand-images.tsx'
import { QuotaWords } from './quota-words.tsx'
import { SectionForm } from './section-form.tsx'
import { sectionOf } from './section-names.ts'

/** A section as addresses name it; all its settings are from the registry. */
export type GeneratedSection =
  | 'general'
  | 'accounts'
  | 'quota'
  | 'chat'
  | 'access'
  | 'reasoning'
  | 'network'
  | 'images'
  | 'api'
  | 'retention'

interface Extra {
  Before?: ComponentType
  After?: ComponentType<{ onChange: () => void }>
}

/** What a section has beside its settings. */
const extras: Partial<Record<GeneratedSection, Extra>> = {
  general: { After: BrandImages },
  accounts: { Before: AccountNotes },
  quota: { After: QuotaWords },
  api: { After: KeysOverview },
  access: { Before: GuestsWithoutModels, After: AccessEditor },
}

interface SectionPageProps {
  section: GeneratedSection
  /** The models somebody may choose may be others now. */
  onChange: () => void
}

/** A section of the administrators' settings. */
export default function SectionPage({ section, onChange }: SectionPageProps) {
  const { Before, After } = extras[section] ?? {}
  return (
    <Section title={t(`settings.${section}`)} hint={t(`centre.about.${section}`)}>
      <div className="flex flex-col gap-6 pt-1">
        {Before && <Before />}
        <SectionForm section={sectionOf(section)} onSaved={onChange}>
          {After && <After onChange={onChange} />}
        </SectionForm>
      </div>
    </Section>
  )
}
