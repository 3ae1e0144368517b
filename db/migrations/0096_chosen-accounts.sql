ALTER TABLE "calls" DROP CONSTRAINT "calls_are_about_their_cause";--> statement-breakpoint
ALTER TABLE "notice_escalations" DROP CONSTRAINT "there_are_two_steps";--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "tags" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "broadcast_waves" ADD COLUMN "release_reason" text;--> statement-breakpoint
ALTER TABLE "accounts" ADD CONSTRAINT "accounts_tags_are_few" CHECK (cardinality(tags) <= 20) NOT VALID;--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_are_about_their_cause" CHECK ((cause <> 'unreachable') = (broadcast_id is not null)) NOT VALID;--> statement-breakpoint
ALTER TABLE "notice_escalations" ADD CONSTRAINT "there_are_four_steps" CHECK (step between 1 and 4) NOT VALID;