import { t } from '../../text/i18n.ts'
import { Button } from '../../ui/button.tsx'
import { Notice } from '../../ui/notice.tsx'
import { dismissMeanwhile, useCentre } from './centre.ts'
import { labelOf, valueText } from './setting-texts.ts'

/** What somebody else has set while something was being typed here. */
export function MeanwhileNotice() {
  const { known, meanwhile } = useCentre()
  if (meanwhile.length === 0) return null
  return (
    <Notice tone="warning">
      <p className="font-medium">{t('centre.meanwhile')}</p>
      <ul className="my-1.5 list-disc pl-5">
        {meanwhile.map(({ key, before, after }) => {
          const field = known?.fields.find((other) => other.key === key)
          if (!field) return null
          return (
            <li key={key}>
              {t('centre.fromTo', {
                field: labelOf(key),
                before: valueText(field, before),
                after: valueText(field, after),
              })}
            </li>
          )
        })}
      </ul>
      <p>{t('centre.meanwhileText')}</p>
      <Button size="small" className="mt-2" onClick={dismissMeanwhile}>
        {t('centre.understood')}
      </Button>
    </Notice>
  )
}
