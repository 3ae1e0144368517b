ALTER TABLE "broadcast_mails" ADD COLUMN "reply_to" text;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "asked_at" timestamp with time zone;