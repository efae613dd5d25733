import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { ActorId } from '../../contract/actor.ts'
import type { ImageType } from '../../contract/attachments.ts'
import { at, id } from '../columns.ts'

/** An image somebody uploaded. Equal images share one blob, which their hash names. */
export const attachments = sqliteTable(
  'attachments',
  {
    id: id<'attachment'>('id').primaryKey(),
    ownerId: text('owner_id').$type<ActorId>().notNull(),
    sha256: text('sha256').notNull(),
    mediaType: text('media_type').$type<ImageType>().notNull(),
    bytes: integer('bytes').notNull(),
    width: integer('width').notNull(),
    height: integer('height').notNull(),
    name: text('name').notNull(),
    createdAt: at('created_at').notNull(),
  },
  (table) => [
    index('attachments_by_owner').on(table.ownerId),
    index('attachments_by_hash').on(table.sha256),
    index('attachments_by_age').on(table.createdAt),
  ],
)

/** Which messages use an image; one that no message uses may go. */
export const messageAttachments = sqliteTable(
  'message_attachments',
  {
    messageId: id<'message'>('message_id').notNull(),
    attachmentId: id<'attachment'>('attachment_id').notNull(),
  },
  (table) => [
    primaryKey({ columns: [table.messageId, table.attachmentId] }),
    index('message_attachments_by_attachment').on(table.attachmentId),
  ],
)

/**
 * Blobs about to be deleted, because their last row went. A row here keeps a new upload of the same
 * image from relying on the blob, and outlives a crash before the blob is gone.
 */
export const doomedBlobs = sqliteTable('doomed_blobs', {
  sha256: text('sha256').primaryKey(),
  /** When somebody set out to delete it; 0 while nobody has. */
  claimedAt: at('claimed_at').notNull(),
})
