CREATE TABLE "sign_in_failures" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"inbox_key" text NOT NULL,
	"network" text NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
DROP INDEX "sign_in_requests_email_requested_at_index";--> statement-breakpoint
ALTER TABLE "sign_in_requests" ADD COLUMN "inbox_key" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "sign_in_requests" ADD COLUMN "network" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "sign_in_requests" ADD COLUMN "browser" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "sign_in_requests" ADD COLUMN "mailed_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "sign_in_failures_inbox_key_at_index" ON "sign_in_failures" USING btree ("inbox_key","at");--> statement-breakpoint
CREATE INDEX "sign_in_failures_network_at_index" ON "sign_in_failures" USING btree ("network","at");--> statement-breakpoint
CREATE INDEX "sign_in_failures_at_index" ON "sign_in_failures" USING btree ("at");--> statement-breakpoint
CREATE INDEX "sign_in_requests_email_index" ON "sign_in_requests" USING btree ("email");--> statement-breakpoint
CREATE INDEX "sign_in_requests_inbox_key_requested_at_index" ON "sign_in_requests" USING btree ("inbox_key","requested_at");--> statement-breakpoint
CREATE INDEX "sign_in_requests_network_requested_at_index" ON "sign_in_requests" USING btree ("network","requested_at");--> statement-breakpoint
-- What was asked for before belongs to no browser, so its code opens nothing; its link, if it was mailed, does.
UPDATE "sign_in_requests" SET "mailed_at" = "requested_at";--> statement-breakpoint
ALTER TABLE "sign_in_requests" ALTER COLUMN "inbox_key" DROP DEFAULT, ALTER COLUMN "network" DROP DEFAULT, ALTER COLUMN "browser" DROP DEFAULT;
