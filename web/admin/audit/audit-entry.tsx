import { useId, useState } from 'react'
import {
  Boxes,
  Cable,
  ChevronRight,
  Gauge,
  KeyRound,
  SquareTerminal,
  SlidersHorizontal,
  Timer,
  UserRound,
  type LucideIcon,
} from 'lucide-react'
import { auditAreas, type AuditArea, type AuditEntry } from '#contract/audit.ts'
import { exactTime } from '../../text/exact-time.ts'
import { currentLanguage, t } from '../../text/i18n.ts'
import { classNames } from '../../ui/class-names.ts'
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
  key: SquareTerminal,
  job: Timer,
}

/** What happened, when and from where; what was changed is one press away. */
export function AuditRow({ entry }: { entry: AuditEntry }) {
  const { at, kind, network } = entry
  const [isOpen, setIsOpen] = useState(false)
  const changesId = useId()
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
      <div className="flex flex-wrap items-center gap-x-3 text-sm">
        <p className="[overflow-wrap:anywhere]">
          {sentenceOf(entry).map((piece, index) => (
            // The pieces of a sentence never change their places.
            <SentencePiece key={index} {...piece} />
          ))}
        </p>
        {changes.length > 0 && (
          <Opener isOpen={isOpen} controls={changesId} onToggle={() => setIsOpen(!isOpen)} />
        )}
      </div>
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
        <div id={changesId} className="col-start-2 empty:hidden sm:col-end-4">
          {isOpen && <Changes changes={changes} />}
        </div>
      )}
    </li>
  )
}

interface OpenerProps {
  isOpen: boolean
  controls: string
  onToggle: () => void
}

function Opener({ isOpen, controls, onToggle }: OpenerProps) {
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      aria-controls={controls}
      onClick={onToggle}
      className="inline-flex items-center gap-1 rounded text-xs leading-5 text-muted ring-focus touch-target hover:text-ink"
    >
      <ChevronRight
        aria-hidden
        className={classNames('size-3.5 transition-transform', isOpen && 'rotate-90')}
      />
      {t('audit.showChanges')}
    </button>
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
