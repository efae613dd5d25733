import type { ActorId } from '../contract/actor.ts'
import type { Bindings } from '../platform/env.ts'
import { allGuestsSubject, subjectOf } from './counters.ts'

export type ResetScope = 'guests' | 'users'

const usersOnly = `subject >= 'user:' and subject < 'user;'`
const guestsOnly = `subject >= 'guest:' and subject < 'guest;'`
const addresses = `subject >= 'address:' and subject < 'address;'`

/** Which counters a reset is about: those of all guests are also counted together and by address. */
const counters: Record<ResetScope, string> = {
  users: usersOnly,
  guests: `(subject = '${allGuestsSubject}' or ${guestsOnly} or ${addresses})`,
}

const anew = `update quota_usage set messages = 0, tokens = 0`

/** For a batch: what one actor used on `day` is forgotten, on a condition without parameters. */
export function resetStatement(
  env: Bindings,
  id: ActorId,
  day: string,
  when = 'true',
): D1PreparedStatement {
  return env.DB.prepare(`${anew} where subject = ?1 and day = ?2 and ${when}`).bind(
    subjectOf(id),
    day,
  )
}

/** For a batch: what all of them used on `day` is forgotten. */
export function resetAllStatement(
  env: Bindings,
  scope: ResetScope,
  day: string,
): D1PreparedStatement {
  return env.DB.prepare(`${anew} where day = ?1 and ${counters[scope]}`).bind(day)
}

/** SQL for the ids of those who used something on the day `?day`. */
export function idsOfDaySql(scope: ResetScope, day: string): string {
  const own = scope === 'users' ? usersOnly : guestsOnly
  return `select substr(subject, instr(subject, ':') + 1) as id from quota_usage
    where day = ${day} and ${own} and (messages > 0 or tokens > 0)`
}
