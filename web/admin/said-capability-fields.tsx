import type { CapabilityFlag } from '#contract/models.ts'
import { t } from '../text/i18n.ts'
import { CapabilityFields } from './capability-fields.tsx'
import type { SaidCapabilities } from './said-capabilities.ts'

interface SaidCapabilityFieldsProps {
  legend: string
  hint: string
  said: SaidCapabilities
  /** What an ability is where nothing is said of it. */
  unsaidText: (flag: CapabilityFlag) => string
  onChange: (said: SaidCapabilities) => void
}

/** What is said of each ability: that it is there, that it is not, or nothing. */
export function SaidCapabilityFields(props: SaidCapabilityFieldsProps) {
  const { legend, hint, said, unsaidText, onChange } = props
  return (
    <CapabilityFields
      legend={legend}
      hint={hint}
      valueOf={(flag) => wordOf(said[flag])}
      optionsOf={(flag) => [
        ['auto', unsaidText(flag)],
        ['yes', t('admin.yes')],
        ['no', t('admin.no')],
      ]}
      onChange={(flag, word) => {
        const { [flag]: _, ...others } = said
        onChange(word === 'auto' ? others : { ...others, [flag]: word === 'yes' })
      }}
    />
  )
}

function wordOf(said: boolean | undefined): string {
  return said === undefined ? 'auto' : said ? 'yes' : 'no'
}
