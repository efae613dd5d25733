CREATE TABLE `kept_calls` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`key_id` text NOT NULL,
	`is_stored` integer NOT NULL,
	`idempotency` text,
	`fingerprint` text,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `kept_calls_by_idempotency` ON `kept_calls` (`key_id`,`idempotency`) WHERE idempotency is not null;--> statement-breakpoint
CREATE INDEX `kept_calls_by_owner` ON `kept_calls` (`owner_id`);--> statement-breakpoint
CREATE INDEX `kept_calls_by_expiry` ON `kept_calls` (`expires_at`);