import { auditKinds, type AuditEntry, type AuditKind } from '#contract/audit.ts'
import { isId, type Id } from '#contract/ids.ts'
import { JobName } from '#contract/jobs.ts'
import { t } from '../../text/i18n.ts'

/** A stretch of a sentence; names stand out. */
export interface Piece {
  text: string
  isName: boolean
  /** The account that is named. */
  userId?: Id<'user'>
}

/** Something that is in no text, in whose place a name comes. */
const marks = { actor: '\uE000', target: '\uE001' }

/** What happened, in words. A kind that is not known here is named as it is. */
export function sentenceOf({ kind, actor, target }: AuditEntry): Piece[] {
  const who = actor?.name ?? t('audit.someone')
  const what = targetName(kind, target)
  // What was typed is not kept: it might have been a password.
  if (kind === 'session.signInFailed' && !target) {
    return [{ text: t('audit.signInUnknown'), isName: false }]
  }
  const plain = isKnown(kind)
    ? t(`audit.${kind}`, marks)
    : t('audit.unknown', { actor: marks.actor, kind })
  // What a sentence is about in general has a name of its own here.
  const isOpen = what !== null && !kind.startsWith('session.') && !plain.includes(marks.target)
  const text = isOpen ? t('audit.named', { sentence: plain, name: marks.target }) : plain
  const pieces = text.split(/([\uE000\uE001])/).map((part): Piece => {
    if (part === marks.actor) return { text: who, isName: actor?.name != null, ...userIn(actor) }
    if (part === marks.target) {
      return { text: what ?? t('audit.something'), isName: what !== null, ...userIn(target) }
    }
    return { text: part, isName: false }
  })
  return pieces.filter((piece) => piece.text !== '')
}

function userIn(named: AuditEntry['target']): Pick<Piece, 'userId'> {
  return isId('user', named?.id) ? { userId: named.id } : {}
}

function isKnown(kind: string): kind is AuditKind {
  const [area = '', happened = ''] = kind.split('.')
  const known = Object.entries(auditKinds).find(([name]) => name === area)?.[1]
  return (known as readonly string[] | undefined)?.includes(happened) ?? false
}

function targetName(kind: string, target: AuditEntry['target']): string | null {
  const name = target?.name ?? null
  if (kind === 'job.run') {
    const job = JobName.safeParse(name ?? target?.id)
    return job.success ? `“${t(`jobs.name.${job.data}`)}”` : name
  }
  if (kind === 'quota.reset' && (name === 'users' || name === 'guests')) {
    return t(`audit.quota.${name}`)
  }
  return name
}
