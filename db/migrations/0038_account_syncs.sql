CREATE TABLE "account_sync_lines" (
	"sync_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"uin" text NOT NULL,
	"body" jsonb NOT NULL,
	CONSTRAINT "account_sync_lines_sync_id_line_pk" PRIMARY KEY("sync_id","line")
);
--> statement-breakpoint
CREATE TABLE "account_sync_problems" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"sync_id" uuid NOT NULL,
	"line" integer NOT NULL,
	"uin" text NOT NULL,
	"pointer" text NOT NULL,
	"message_key" text NOT NULL,
	"values" jsonb NOT NULL
);
--> statement-breakpoint
CREATE TABLE "account_syncs" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"created_by" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"finished_at" timestamp with time zone,
	"state" text NOT NULL,
	"is_dry_run" boolean NOT NULL,
	"idempotency_key" text,
	"body_hash" text,
	"lines" integer DEFAULT 0 NOT NULL,
	"lines_done" integer DEFAULT 0 NOT NULL,
	"added" integer DEFAULT 0 NOT NULL,
	"changed" integer DEFAULT 0 NOT NULL,
	"unchanged" integer DEFAULT 0 NOT NULL,
	"problem_count" integer DEFAULT 0 NOT NULL
);
--> statement-breakpoint
ALTER TABLE "account_sync_lines" ADD CONSTRAINT "account_sync_lines_sync_id_account_syncs_id_fk" FOREIGN KEY ("sync_id") REFERENCES "public"."account_syncs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "account_sync_problems" ADD CONSTRAINT "account_sync_problems_sync_id_account_syncs_id_fk" FOREIGN KEY ("sync_id") REFERENCES "public"."account_syncs"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_sync_problems_sync_id_line_index" ON "account_sync_problems" USING btree ("sync_id","line");--> statement-breakpoint
CREATE UNIQUE INDEX "account_syncs_one_per_key" ON "account_syncs" USING btree ("created_by","idempotency_key") WHERE idempotency_key is not null;--> statement-breakpoint
CREATE INDEX "account_syncs_unfinished" ON "account_syncs" USING btree ("created_at") WHERE finished_at is null;