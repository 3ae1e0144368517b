ALTER TABLE "policy_texts" ADD COLUMN "warnings" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "policy_texts" ADD COLUMN "confirmed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "policy_texts" ADD CONSTRAINT "what_is_confirmed_was_warned_of" CHECK (confirmed_at is null or warnings <> '[]');