import {
  Boxes,
  Cable,
  Gauge,
  KeyRound,
  SlidersHorizontal,
  Timer,
  UserRound,
  type LucideIcon,
} from 'lucide-react'
import { auditAreas, type AuditArea, type AuditEntry } from '#contract/audit.ts'
import { exactTime } from '../../text/exact-time.ts'
import { currentLanguage, t } from '../../text/i18n.ts'
import { classNames } from '../../ui/class-names.ts'
import { Disclosure } from '../../ui/disclosure.tsx'
import { Link } from '../../ui/navigation.tsx'
import { tooltip } from '../../ui/tooltip.tsx'
import { changesOf, type Change } from './changes.ts'
import { sentenceOf, type Piece } from './sentence.ts'

const icons: Record<AuditArea, LucideIcon> = {
  session: KeyRound,
  user: UserRound,
  quota: Gauge,
  setting: SlidersHorizontal,
  connection: Cable,
  model: Boxes,
  job: Timer,
}

/** What happened, when and from where; what was changed is one press away. */
export function AuditRow({ entry }: { entry: AuditEntry }) {
  const { at, kind, network } = entry
  const area = auditAreas.find((known) => kind.startsWith(`${known}.`))
  const Icon = area ? icons[area] : Timer
  const changes = changesOf(entry)
  return (
    <li className="grid grid-cols-[1.25rem_minmax(0,1fr)] gap-x-3 gap-y-0.5 px-4 py-3 sm:grid-cols-[1.25rem_minmax(0,1fr)_auto]">
      <Icon
        aria-hidden
        className={classNames(
          'mt-0.5 size-4',
          kind === 'session.signInFailed' ? 'text-danger' : 'text-muted',
        )}
      />
      <p className="text-sm [overflow-wrap:anywhere]">
        {sentenceOf(entry).map((piece, index) => (
          // The pieces of a sentence never change their places.
          <SentencePiece key={index} {...piece} />
        ))}
      </p>
      <p className="col-start-2 text-xs text-muted sm:col-start-3 sm:row-start-1 sm:text-right sm:leading-5">
        <span className="font-mono">{network}</span>
        {' · '}
        <time dateTime={new Date(at).toISOString()} {...tooltip(exactTime(at))}>
          {new Date(at).toLocaleTimeString(currentLanguage(), {
            hour: '2-digit',
            minute: '2-digit',
          })}
        </time>
      </p>
      {changes.length > 0 && (
        <Disclosure summary={t('audit.showChanges')} className="col-start-2 sm:col-end-4">
          <Changes changes={changes} />
        </Disclosure>
      )}
    </li>
  )
}

function SentencePiece({ text, isName, userId }: Piece) {
  if (!isName) return <span className="text-muted">{text}</span>
  if (!userId) return <b className="font-medium">{text}</b>
  return (
    <Link
      to={`/main/admin/users?user=${userId}`}
      className="rounded font-medium ring-focus hover:underline"
    >
      {text}
    </Link>
  )
}

function Changes({ changes }: { changes: readonly Change[] }) {
  return (
    <dl className="mt-1 flex flex-col gap-2 rounded-control bg-sunken px-3.5 py-3 text-sm">
      {changes.map(({ field, label, before, after }) => (
        <div key={field} className="grid gap-x-4 gap-y-0.5 sm:grid-cols-[12rem_minmax(0,1fr)]">
          <dt className="text-muted [overflow-wrap:anywhere]">{label}</dt>
          <dd className="flex flex-wrap gap-x-2 [overflow-wrap:anywhere]">
            {before !== null && (
              <span className="text-muted">
                <span className="sr-only">{t('audit.before')}: </span>
                {before}
              </span>
            )}
            {before !== null && after !== null && <span aria-hidden>→</span>}
            {after !== null && (
              <span>
                <span className="sr-only">{t('audit.after')}: </span>
                {after}
              </span>
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}
