CREATE TABLE `attachments` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`sha256` text NOT NULL,
	`media_type` text NOT NULL,
	`bytes` integer NOT NULL,
	`width` integer NOT NULL,
	`height` integer NOT NULL,
	`name` text NOT NULL,
	`created_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `attachments_by_owner` ON `attachments` (`owner_id`);--> statement-breakpoint
CREATE INDEX `attachments_by_hash` ON `attachments` (`sha256`);--> statement-breakpoint
CREATE INDEX `attachments_by_age` ON `attachments` (`created_at`);--> statement-breakpoint
CREATE TABLE `doomed_blobs` (
	`sha256` text PRIMARY KEY NOT NULL,
	`claimed_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `message_attachments` (
	`message_id` text NOT NULL,
	`attachment_id` text NOT NULL,
	PRIMARY KEY(`message_id`, `attachment_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `message_attachments_by_attachment` ON `message_attachments` (`attachment_id`);--> statement-breakpoint
ALTER TABLE `users` ADD `avatar` text;