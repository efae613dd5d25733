import { t } from '../text/i18n.ts'
import { Disclosure } from '../ui/disclosure.tsx'
import { Notice } from '../ui/notice.tsx'

export interface ImportedOverride {
  model: string
  result: 'applied' | 'unchanged' | 'no_such_model'
}

const shownMax = 50

/** What became of each row of a file, and which rows have no model here. */
export function OverrideImportNotice({ items }: { items: readonly ImportedOverride[] }) {
  const countOf = (result: ImportedOverride['result']) =>
    items.filter((item) => item.result === result).length
  const missing = items.filter(({ result }) => result === 'no_such_model')
  return (
    <Notice tone={missing.length > 0 ? 'warning' : 'success'}>
      <p>
        {t('models.imported', {
          applied: countOf('applied'),
          unchanged: countOf('unchanged'),
          missing: missing.length,
        })}
      </p>
      {missing.length > 0 && (
        <Disclosure summary={t('models.missing')}>
          <ul className="pl-5.5">
            {missing.slice(0, shownMax).map(({ model }, index) => (
              // oxlint-disable-next-line react/no-array-index-key -- two connections may have had one name
              <li key={index}>{model}</li>
            ))}
            {missing.length > shownMax && (
              <li>{t('models.andMore', { n: missing.length - shownMax })}</li>
            )}
          </ul>
        </Disclosure>
      )}
    </Notice>
  )
}
