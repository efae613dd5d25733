/** Which parameters of a statement hold what `hasRoom` asks about. */
export interface RoomParameters {
  /** 1 where a message is to be counted, 0 where only tokens are. */
  costs: string
  /** The counters as JSON. */
  counters: string
  day: string
}

/** SQL for whether every counter has room: asked inside the statement that then takes it. */
export function hasRoom({ costs, counters, day }: RoomParameters): string {
  return `not exists (
    select 1 from json_each(${counters}) as counter
    left join quota_usage on day = ${day} and quota_usage.subject = counter.value ->> 'subject'
    where (${costs} = 1 and coalesce(messages, 0) >= counter.value ->> 'limit')
      or coalesce(tokens, 0) >= counter.value ->> 'tokensLimit')`
}

/** SQL that takes from each of the subjects ?subjects on the day ?day, if `when`. */
export function taking(
  { subjects, day, costs }: { subjects: string; day: string; costs: string },
  when: string,
): string {
  return `insert into quota_usage (subject, day, messages, tokens)
    select value, ${day}, ${costs}, 0 from json_each(${subjects}) where ${when}
    on conflict (subject, day) do update set messages = messages + excluded.messages`
}
