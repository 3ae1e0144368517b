CREATE TABLE "dispatch_attempts" (
	"dispatch_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"started_at" timestamp with time zone NOT NULL,
	"ended_at" timestamp with time zone,
	"outcome" text,
	"answer" integer,
	"detail" text,
	CONSTRAINT "dispatch_attempts_dispatch_id_number_pk" PRIMARY KEY("dispatch_id","number")
);
--> statement-breakpoint
CREATE TABLE "dispatches" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"broadcast_id" uuid,
	"endpoint_id" uuid NOT NULL,
	"app_ids" uuid[] DEFAULT '{}' NOT NULL,
	"status" text NOT NULL,
	"body" text,
	"attempts" integer DEFAULT 0 NOT NULL,
	"tries" integer DEFAULT 0 NOT NULL,
	"next_attempt_at" timestamp with time zone NOT NULL,
	"lease_until" timestamp with time zone,
	"created_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	"reason" text,
	CONSTRAINT "dispatches_broadcastId_endpointId_unique" UNIQUE("broadcast_id","endpoint_id")
);
--> statement-breakpoint
CREATE TABLE "endpoints" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"channel" text NOT NULL,
	"account_id" uuid NOT NULL,
	"name" text NOT NULL,
	"address" "bytea",
	"host" text NOT NULL,
	"address_hash" text NOT NULL,
	"secret" "bytea",
	"secret_before" "bytea",
	"secret_before_until" timestamp with time zone,
	"topics" text[] NOT NULL,
	"locale" text NOT NULL,
	"added_by" uuid NOT NULL,
	"added_at" timestamp with time zone NOT NULL,
	"next_post_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	"end_reason" text,
	CONSTRAINT "endpoints_end_for_a_reason" CHECK ((ended_at is null) = (end_reason is null)),
	CONSTRAINT "ended_endpoints_have_no_address" CHECK ((ended_at is null) = (address is not null))
);
--> statement-breakpoint
ALTER TABLE "dispatch_attempts" ADD CONSTRAINT "dispatch_attempts_dispatch_id_dispatches_id_fk" FOREIGN KEY ("dispatch_id") REFERENCES "public"."dispatches"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dispatches" ADD CONSTRAINT "dispatches_broadcast_id_broadcasts_id_fk" FOREIGN KEY ("broadcast_id") REFERENCES "public"."broadcasts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "dispatches" ADD CONSTRAINT "dispatches_endpoint_id_endpoints_id_fk" FOREIGN KEY ("endpoint_id") REFERENCES "public"."endpoints"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "endpoints" ADD CONSTRAINT "endpoints_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "endpoints" ADD CONSTRAINT "endpoints_added_by_users_id_fk" FOREIGN KEY ("added_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "dispatches_endpoint_id_created_at_id_index" ON "dispatches" USING btree ("endpoint_id","created_at","id");--> statement-breakpoint
CREATE INDEX "dispatches_due" ON "dispatches" USING btree ("next_attempt_at") WHERE status = 'queued';--> statement-breakpoint
CREATE INDEX "dispatches_open" ON "dispatches" USING btree ("broadcast_id") WHERE status = 'queued';--> statement-breakpoint
CREATE UNIQUE INDEX "endpoints_own" ON "endpoints" USING btree ("account_id","channel","address_hash") WHERE ended_at is null;