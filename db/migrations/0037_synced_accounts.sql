ALTER TABLE "accounts" ADD COLUMN "sync_revision" bigint;--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "sync_hash" text;--> statement-breakpoint
ALTER TABLE "app_platforms" ADD COLUMN "last_seen_at" timestamp with time zone;