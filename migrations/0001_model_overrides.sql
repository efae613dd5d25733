CREATE TABLE `model_overrides` (
	`model_id` text PRIMARY KEY NOT NULL,
	`override` text NOT NULL,
	`updated_at` integer NOT NULL
) WITHOUT ROWID;
