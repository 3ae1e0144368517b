ALTER TABLE "ticket_links" DROP COLUMN "prefill";--> statement-breakpoint
ALTER TABLE "ticket_links" ADD COLUMN "prefill" "bytea" NOT NULL;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "hint" text NOT NULL;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "expires_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "window_started_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "window_uses" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "ticket_links" ADD COLUMN "locale" text NOT NULL;--> statement-breakpoint
ALTER TABLE "ticket_links" ADD COLUMN "idempotency_key" text;--> statement-breakpoint
ALTER TABLE "ticket_links" ADD COLUMN "body_hash" text NOT NULL;--> statement-breakpoint
CREATE UNIQUE INDEX "api_tokens_one_of_a_name" ON "api_tokens" USING btree ("name") WHERE revoked_at is null;--> statement-breakpoint
CREATE INDEX "ticket_links_created_at_index" ON "ticket_links" USING btree ("created_at");--> statement-breakpoint
CREATE UNIQUE INDEX "ticket_links_one_per_key" ON "ticket_links" USING btree ("created_by","idempotency_key") WHERE idempotency_key is not null;