ALTER TABLE "factors" ALTER COLUMN "secret" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "factors" ADD COLUMN "started_in" uuid;--> statement-breakpoint
ALTER TABLE "factors" ADD COLUMN "credential_id" text;--> statement-breakpoint
ALTER TABLE "factors" ADD COLUMN "public_key" text;--> statement-breakpoint
ALTER TABLE "factors" ADD COLUMN "sign_count" bigint;--> statement-breakpoint
ALTER TABLE "factors" ADD COLUMN "transports" text[];--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "challenge" text;--> statement-breakpoint
ALTER TABLE "sessions" ADD COLUMN "challenge_ends_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "factors" ADD CONSTRAINT "factors_credentialId_unique" UNIQUE("credential_id");--> statement-breakpoint
ALTER TABLE "factors" ADD CONSTRAINT "factors_by_kind" CHECK (case kind when 'app' then secret is not null else credential_id is not null and public_key is not null and sign_count is not null and confirmed_at is not null end);