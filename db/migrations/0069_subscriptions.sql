CREATE TABLE "subscriptions" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"key" uuid DEFAULT gen_random_uuid() NOT NULL,
	"product_ids" uuid[] NOT NULL,
	"announcements" boolean NOT NULL,
	"document_ids" uuid[] NOT NULL,
	"confirmed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "subscriptions_key_unique" UNIQUE("key")
);
--> statement-breakpoint
ALTER TABLE "sign_in_requests" ADD COLUMN "choice" jsonb;--> statement-breakpoint
ALTER TABLE "broadcast_mails" ADD COLUMN "unsubscribe" text;--> statement-breakpoint
ALTER TABLE "mail_batches" ADD COLUMN "keys" text[];--> statement-breakpoint
ALTER TABLE "subscriptions" ADD CONSTRAINT "subscriptions_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;