CREATE TABLE `audit` (
	`id` text PRIMARY KEY NOT NULL,
	`at` integer NOT NULL,
	`actor_id` text,
	`actor_name` text,
	`network` text NOT NULL,
	`area` text NOT NULL,
	`kind` text NOT NULL,
	`target_type` text,
	`target_id` text,
	`target_name` text,
	`before` text,
	`after` text
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `audit_by_area` ON `audit` (`area`,`id`);--> statement-breakpoint
CREATE INDEX `audit_by_kind` ON `audit` (`kind`,`id`);--> statement-breakpoint
CREATE INDEX `audit_by_actor` ON `audit` (`actor_id`,`id`);--> statement-breakpoint
CREATE INDEX `audit_by_age` ON `audit` (`at`);--> statement-breakpoint
CREATE TABLE `deleted_owners` (
	`owner_id` text PRIMARY KEY NOT NULL,
	`deleted_at` integer NOT NULL,
	`due_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `deleted_owners_by_due` ON `deleted_owners` (`due_at`);--> statement-breakpoint
CREATE TABLE `guests` (
	`id` text PRIMARY KEY NOT NULL,
	`created_at` integer NOT NULL,
	`expires_at` integer NOT NULL
) WITHOUT ROWID;
--> statement-breakpoint
CREATE INDEX `guests_by_expiry` ON `guests` (`expires_at`);--> statement-breakpoint
CREATE TABLE `user_counts` (
	`state` text NOT NULL,
	`role` text NOT NULL,
	`count` integer NOT NULL,
	PRIMARY KEY(`state`, `role`)
) WITHOUT ROWID;
--> statement-breakpoint
CREATE TABLE `username_endings` (
	`ending` text NOT NULL,
	`user_id` text NOT NULL,
	PRIMARY KEY(`ending`, `user_id`)
) WITHOUT ROWID;
--> statement-breakpoint
ALTER TABLE `jobs` ADD `running_since` integer;--> statement-breakpoint
ALTER TABLE `jobs` ADD `unfinished` integer;--> statement-breakpoint
ALTER TABLE `generations` ADD `quota_subjects` text;--> statement-breakpoint
CREATE INDEX `generations_by_owner` ON `generations` (`owner_id`,`accepted_at`);--> statement-breakpoint
ALTER TABLE `users` ADD `limits` text;--> statement-breakpoint
CREATE INDEX `users_by_name` ON `users` (state = 'pending',`username_key`);--> statement-breakpoint
CREATE INDEX `users_by_creation` ON `users` (state = 'pending',`created_at`,`id`);--> statement-breakpoint
CREATE INDEX `users_by_last_seen` ON `users` (state = 'pending',`last_seen_at`,`id`);--> statement-breakpoint
CREATE INDEX `users_by_role` ON `users` (`role`,`state`);--> statement-breakpoint
CREATE INDEX `users_by_state` ON `users` (`state`,`role`);--> statement-breakpoint
CREATE INDEX `users_with_limits` ON `users` (`id`) WHERE limits is not null;--> statement-breakpoint
CREATE INDEX `early_cancels_by_owner` ON `early_cancels` (`owner_id`);--> statement-breakpoint
CREATE INDEX `quota_usage_by_day` ON `quota_usage` (`day`,`subject`);--> statement-breakpoint
CREATE INDEX `early_cancels_by_age` ON `early_cancels` (`at`);--> statement-breakpoint
CREATE TRIGGER `users_counted_in` AFTER INSERT ON `users` BEGIN
	INSERT INTO user_counts (state, role, count) VALUES (new.state, new.role, 1)
	ON CONFLICT (state, role) DO UPDATE SET count = count + 1;
	INSERT OR IGNORE INTO username_endings (ending, user_id)
	SELECT substr(new.username_key, value), new.id FROM json_each('[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]')
	WHERE value <= length(new.username_key);
END;
--> statement-breakpoint
CREATE TRIGGER `users_counted_out` AFTER DELETE ON `users` BEGIN
	UPDATE user_counts SET count = count - 1 WHERE state = old.state AND role = old.role;
	DELETE FROM username_endings WHERE user_id = old.id AND ending IN (
		SELECT substr(old.username_key, value) FROM json_each('[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]')
	);
END;
--> statement-breakpoint
CREATE TRIGGER `users_counted_over` AFTER UPDATE OF `state`, `role` ON `users` BEGIN
	UPDATE user_counts SET count = count - 1 WHERE state = old.state AND role = old.role;
	INSERT INTO user_counts (state, role, count) VALUES (new.state, new.role, 1)
	ON CONFLICT (state, role) DO UPDATE SET count = count + 1;
END;
--> statement-breakpoint
CREATE TRIGGER `users_renamed` AFTER UPDATE OF `username_key` ON `users` BEGIN
	DELETE FROM username_endings WHERE user_id = old.id AND ending IN (
		SELECT substr(old.username_key, value) FROM json_each('[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]')
	);
	INSERT OR IGNORE INTO username_endings (ending, user_id)
	SELECT substr(new.username_key, value), new.id FROM json_each('[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]')
	WHERE value <= length(new.username_key);
END;
--> statement-breakpoint
INSERT INTO user_counts (state, role, count) SELECT state, role, count(*) FROM users GROUP BY state, role;
--> statement-breakpoint
INSERT OR IGNORE INTO username_endings (ending, user_id)
SELECT substr(username_key, value), users.id FROM users, json_each('[1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20]')
WHERE value <= length(username_key);
