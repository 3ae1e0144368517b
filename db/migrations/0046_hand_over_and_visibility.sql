ALTER TABLE "users" ADD COLUMN "shows_address" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "member_invitations" ADD COLUMN "keeps" text;