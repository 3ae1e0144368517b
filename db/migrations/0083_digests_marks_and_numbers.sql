CREATE TABLE "number_checks" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"user_id" uuid NOT NULL,
	"number" "bytea" NOT NULL,
	"number_key" text NOT NULL,
	"locale" text NOT NULL,
	"requested_at" timestamp with time zone NOT NULL,
	"expires_at" timestamp with time zone NOT NULL,
	"used_at" timestamp with time zone,
	"failed_attempts" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "digest_items" (
	"user_id" uuid NOT NULL,
	"broadcast_id" uuid NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"digest_id" uuid,
	CONSTRAINT "digest_items_user_id_broadcast_id_pk" PRIMARY KEY("user_id","broadcast_id")
);
--> statement-breakpoint
CREATE TABLE "mail_keys" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"key" uuid DEFAULT gen_random_uuid() NOT NULL,
	"digested_on" date,
	CONSTRAINT "mail_keys_key_unique" UNIQUE("key")
);
--> statement-breakpoint
ALTER TABLE "endpoints" DROP CONSTRAINT "endpoints_have_an_owner";--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "announcements_daily" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "minor_changes_daily" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "muted_pushes" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "dispatches" ADD COLUMN "fee" integer;--> statement-breakpoint
ALTER TABLE "endpoints" ADD COLUMN "browser_hash" text;--> statement-breakpoint
ALTER TABLE "number_checks" ADD CONSTRAINT "number_checks_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digest_items" ADD CONSTRAINT "digest_items_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digest_items" ADD CONSTRAINT "digest_items_broadcast_id_broadcasts_id_fk" FOREIGN KEY ("broadcast_id") REFERENCES "public"."broadcasts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "digest_items" ADD CONSTRAINT "digest_items_digest_id_broadcasts_id_fk" FOREIGN KEY ("digest_id") REFERENCES "public"."broadcasts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail_keys" ADD CONSTRAINT "mail_keys_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "number_checks_user_id_requested_at_index" ON "number_checks" USING btree ("user_id","requested_at");--> statement-breakpoint
CREATE INDEX "number_checks_number_key_requested_at_index" ON "number_checks" USING btree ("number_key","requested_at");--> statement-breakpoint
CREATE INDEX "digest_items_waiting" ON "digest_items" USING btree ("since") WHERE digest_id is null;--> statement-breakpoint
CREATE UNIQUE INDEX "endpoints_marked" ON "endpoints" USING btree ("browser_hash") WHERE browser_hash is not null;--> statement-breakpoint
ALTER TABLE "endpoints" ADD CONSTRAINT "endpoints_have_an_owner" CHECK (case when channel in ('push', 'sms') then account_id is null and user_id is not null
        else user_id is null and (account_id is not null or channel = 'webhook') end);