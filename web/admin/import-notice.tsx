import { t } from '../text/i18n.ts'
import { Notice } from '../ui/notice.tsx'

export interface ImportedConnection {
  name: string
  result: 'created' | 'exists' | 'refused'
}

/** What became of each connection of a file. */
export function ImportNotice({ items }: { items: readonly ImportedConnection[] }) {
  const hasRefused = items.some(({ result }) => result === 'refused')
  const hasCreated = items.some(({ result }) => result === 'created')
  return (
    <Notice tone={hasRefused ? 'warning' : 'success'}>
      <p className="font-medium">{t('connect.imported')}</p>
      <ul className="mt-1 flex flex-col gap-0.5">
        {items.map(({ name, result }, index) => (
          // oxlint-disable-next-line react/no-array-index-key -- several of a file may have one name
          <li key={index}>{t(`connect.import.${result}`, { name })}</li>
        ))}
      </ul>
      {hasCreated && <p className="mt-1 text-muted">{t('connect.importKeys')}</p>}
    </Notice>
  )
}
