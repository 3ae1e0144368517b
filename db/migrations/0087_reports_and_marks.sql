ALTER TABLE "sessions" ADD COLUMN "browser_hash" text DEFAULT '' NOT NULL;--> statement-breakpoint
ALTER TABLE "dispatches" ADD COLUMN "receipt" text;--> statement-breakpoint
ALTER TABLE "dispatches" ADD COLUMN "report_due_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "dispatches" ADD COLUMN "report_tries" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
CREATE INDEX "dispatches_reports_due" ON "dispatches" USING btree ("report_due_at") WHERE status = 'accepted';--> statement-breakpoint
ALTER TABLE "dispatches" ADD CONSTRAINT "dispatches_await_a_report" CHECK (status <> 'accepted' or receipt is not null);