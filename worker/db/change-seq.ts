/**
 * SQL for the next number in an owner's count of changes. It is taken inside the writing statement,
 * so that a cursor in `/api/changes` can miss nothing, whatever the clocks say.
 */
export function nextChangeSeq(owner: string): string {
  return `(1 + max(
    coalesce((select max(change_seq) from conversations as c where c.owner_id = ${owner}), 0),
    coalesce((select max(change_seq) from deleted_conversations as d where d.owner_id = ${owner}), 0)))`
}
