ALTER TABLE "request_decisions" ADD COLUMN "paragraphs" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "decision_id" uuid;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "processing_stopped_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_decision_id_request_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."request_decisions"("id") ON DELETE no action ON UPDATE no action;