CREATE TABLE "mail_attempts" (
	"batch_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"outcome" text,
	"detail" text,
	CONSTRAINT "mail_attempts_batch_id_number_pk" PRIMARY KEY("batch_id","number")
);
--> statement-breakpoint
DROP INDEX "deliveries_queued";--> statement-breakpoint
ALTER TABLE "broadcasts" ADD COLUMN "cancelled_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "broadcasts" ADD COLUMN "cancel_reason" text;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "earlier_batch_ids" uuid[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "mail_batches" ADD COLUMN "frozen_at" timestamp with time zone DEFAULT now() NOT NULL;--> statement-breakpoint
ALTER TABLE "mail_attempts" ADD CONSTRAINT "mail_attempts_batch_id_mail_batches_id_fk" FOREIGN KEY ("batch_id") REFERENCES "public"."mail_batches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deliveries_open" ON "deliveries" USING btree ("broadcast_id","status") WHERE channel = 'email' and status in ('queued', 'sent');--> statement-breakpoint
CREATE INDEX "deliveries_missed" ON "deliveries" USING btree ("broadcast_id") WHERE channel = 'email' and status in ('bounced', 'suppressed', 'failed', 'unknown');--> statement-breakpoint
CREATE INDEX "deliveries_fallback_of_index" ON "deliveries" USING btree ("fallback_of") WHERE fallback_of is not null;