CREATE TABLE `early_cancels` (
	`reply_id` text NOT NULL,
	`owner_id` text NOT NULL,
	`at` integer NOT NULL,
	PRIMARY KEY(`reply_id`, `owner_id`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `idempotency_keys` (
	`actor_id` text NOT NULL,
	`key` text NOT NULL,
	`fingerprint` text NOT NULL,
	`reply` text,
	`created_at` integer NOT NULL,
	PRIMARY KEY(`actor_id`, `key`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `idempotency_keys_by_age` ON `idempotency_keys` (`created_at`);--> statement-breakpoint
CREATE TABLE `installation` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `jobs` (
	`name` text PRIMARY KEY NOT NULL,
	`last_run_at` integer NOT NULL,
	`duration_ms` integer,
	`ok` integer,
	`removed` integer NOT NULL,
	`problem` text
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `rate_counters` (
	`subject` text PRIMARY KEY NOT NULL,
	`count` integer NOT NULL,
	`resets_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `rate_counters_by_reset` ON `rate_counters` (`resets_at`);--> statement-breakpoint
CREATE TABLE `connections` (
	`id` text PRIMARY KEY NOT NULL,
	`name` text NOT NULL,
	`provider` text NOT NULL,
	`vendor` text NOT NULL,
	`base_url` text NOT NULL,
	`enabled` integer NOT NULL,
	`auth` text NOT NULL,
	`credentials` text,
	`key_hint` text,
	`header_names` text NOT NULL,
	`azure_api_version` text,
	`prefix` text,
	`tags` text NOT NULL,
	`model_ids` text NOT NULL,
	`capabilities` text NOT NULL,
	`num_ctx` integer,
	`order` integer NOT NULL,
	`without_stream_options` integer NOT NULL,
	`checked_at` integer,
	`ok` integer,
	`problem` text,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `conversations` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`title` text,
	`title_source` text NOT NULL,
	`model_id` text,
	`system_prompt` text,
	`reasoning` text NOT NULL,
	`tools` text NOT NULL,
	`pinned_at` integer,
	`active_leaf_id` text,
	`message_count` integer NOT NULL,
	`input_tokens` integer NOT NULL,
	`output_tokens` integer NOT NULL,
	`created_at` integer NOT NULL,
	`active_at` integer NOT NULL,
	`revision` integer NOT NULL,
	`change_seq` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `conversations_by_activity` ON `conversations` (`owner_id`,pinned_at is not null,`active_at`,`id`);--> statement-breakpoint
CREATE INDEX `conversations_by_change` ON `conversations` (`owner_id`,`change_seq`);--> statement-breakpoint
CREATE TABLE `deleted_conversations` (
	`id` text PRIMARY KEY NOT NULL,
	`owner_id` text NOT NULL,
	`change_seq` integer NOT NULL,
	`deleted_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `deleted_conversations_by_change` ON `deleted_conversations` (`owner_id`,`change_seq`);--> statement-breakpoint
CREATE INDEX `deleted_conversations_by_age` ON `deleted_conversations` (`deleted_at`);--> statement-breakpoint
CREATE TABLE `generations` (
	`reply_id` text PRIMARY KEY NOT NULL,
	`kind` text NOT NULL,
	`owner_id` text,
	`conversation_id` text NOT NULL,
	`message_id` text NOT NULL,
	`model_id` text NOT NULL,
	`model_name` text NOT NULL,
	`connection_id` text NOT NULL,
	`nonce` text NOT NULL,
	`fingerprint` text NOT NULL,
	`request` text,
	`quota_day` text NOT NULL,
	`refunded` integer NOT NULL,
	`state` text NOT NULL,
	`problem_code` text,
	`input_tokens` integer,
	`output_tokens` integer,
	`reasoning_tokens` integer,
	`cached_tokens` integer,
	`total_tokens` integer,
	`usage_source` text,
	`first_token_ms` integer,
	`duration_ms` integer,
	`attempts` integer,
	`accepted_at` integer NOT NULL,
	`ended_at` integer
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `generations_open` ON `generations` (`owner_id`,`conversation_id`) WHERE ended_at is null;--> statement-breakpoint
CREATE INDEX `generations_by_age` ON `generations` (`accepted_at`);--> statement-breakpoint
CREATE TABLE `messages` (
	`id` text PRIMARY KEY NOT NULL,
	`conversation_id` text NOT NULL,
	`parent_id` text,
	`role` text NOT NULL,
	`parts` text NOT NULL,
	`state` text NOT NULL,
	`model` text,
	`usage` text,
	`metrics` text,
	`continued_from` text,
	`superseded_by` text,
	`last_seq` integer,
	`created_at` integer NOT NULL,
	`updated_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `messages_by_parent` ON `messages` (`conversation_id`,`parent_id`);--> statement-breakpoint
CREATE TABLE `models` (
	`id` text PRIMARY KEY NOT NULL,
	`connection_id` text NOT NULL,
	`raw_id` text NOT NULL,
	`metadata` text NOT NULL,
	`fetched_at` integer NOT NULL,
	`gone_at` integer
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `models_by_connection` ON `models` (`connection_id`);--> statement-breakpoint
CREATE TABLE `quota_usage` (
	`subject` text NOT NULL,
	`day` text NOT NULL,
	`messages` integer NOT NULL,
	`tokens` integer NOT NULL,
	PRIMARY KEY(`subject`, `day`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `sessions` (
	`id` text PRIMARY KEY NOT NULL,
	`user_id` text NOT NULL,
	`remember` integer NOT NULL,
	`user_agent` text NOT NULL,
	`network` text NOT NULL,
	`created_at` integer NOT NULL,
	`last_seen_at` integer NOT NULL,
	`renewed_at` integer NOT NULL,
	`expires_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `sessions_by_user` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE INDEX `sessions_by_expiry` ON `sessions` (`expires_at`);--> statement-breakpoint
CREATE TABLE `settings` (
	`key` text PRIMARY KEY NOT NULL,
	`value` text NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `settings_revisions` (
	`revision` integer PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`actor_id` text NOT NULL,
	`changes` text NOT NULL
);
--> statement-breakpoint
CREATE TABLE `users` (
	`id` text PRIMARY KEY NOT NULL,
	`username` text NOT NULL,
	`username_key` text NOT NULL,
	`password_hash` text NOT NULL,
	`role` text NOT NULL,
	`state` text NOT NULL,
	`note` text,
	`reason` text,
	`decided_at` integer,
	`decided_by` text,
	`last_seen_at` integer,
	`preferences` text NOT NULL,
	`created_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE UNIQUE INDEX `users_by_username` ON `users` (`username_key`);