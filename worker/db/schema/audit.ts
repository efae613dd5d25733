import { index, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { AuditArea, AuditKind } from '../../contract/audit.ts'
import { at, id, json } from '../columns.ts'

/** Who changed what. Names are kept as they were then: accounts may be renamed and deleted. */
export const audit = sqliteTable(
  'audit',
  {
    id: id<'audit'>('id').primaryKey(),
    at: at('at').notNull(),
    actorId: id<'user'>('actor_id'),
    actorName: text('actor_name'),
    /** The network part only (/24, /48). */
    network: text('network').notNull(),
    area: text('area').$type<AuditArea>().notNull(),
    kind: text('kind').$type<AuditKind>().notNull(),
    targetType: text('target_type'),
    targetId: text('target_id'),
    targetName: text('target_name'),
    before: json<Record<string, unknown>>('before'),
    after: json<Record<string, unknown>>('after'),
  },
  (table) => [
    index('audit_by_area').on(table.area, table.id),
    index('audit_by_kind').on(table.kind, table.id),
    index('audit_by_actor').on(table.actorId, table.id),
    index('audit_by_age').on(table.at),
  ],
)
