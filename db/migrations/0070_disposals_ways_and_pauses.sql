CREATE TABLE "data_stores" (
	"store" text PRIMARY KEY NOT NULL,
	"executor" text NOT NULL,
	"method_zh" text NOT NULL,
	"method_en" text,
	"carrier" text NOT NULL,
	"due_days" integer NOT NULL,
	"backup_days" integer NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "stores_have_periods" CHECK (due_days between 1 and 365 and backup_days between 0 and 730)
);
--> statement-breakpoint
CREATE TABLE "service_ends" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"cause" text NOT NULL,
	"account_id" uuid NOT NULL,
	"app_id" uuid,
	"deregistration_id" uuid,
	"ended_at" timestamp with time zone NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	CONSTRAINT "service_ends_deregistrationId_unique" UNIQUE("deregistration_id"),
	CONSTRAINT "ends_are_of_an_app_or_an_account" CHECK ((cause = 'app_closed') = (app_id is not null) and (cause = 'deregistration') = (deregistration_id is not null))
);
--> statement-breakpoint
CREATE TABLE "user_deletions" (
	"disposal_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"ordered_by" uuid NOT NULL,
	"ordered_at" timestamp with time zone NOT NULL,
	"failures" integer DEFAULT 0 NOT NULL,
	"retry_at" timestamp with time zone,
	"ended_at" timestamp with time zone,
	CONSTRAINT "user_deletions_disposal_id_kind_pk" PRIMARY KEY("disposal_id","kind")
);
--> statement-breakpoint
CREATE TABLE "user_results" (
	"disposal_id" uuid NOT NULL,
	"position" integer NOT NULL,
	"hash" "bytea" NOT NULL,
	"is_known" boolean,
	"outcome" text,
	"code" integer,
	"outcome_at" timestamp with time zone,
	"is_gone" boolean,
	"gone_at" timestamp with time zone,
	CONSTRAINT "user_results_disposal_id_position_pk" PRIMARY KEY("disposal_id","position")
);
--> statement-breakpoint
CREATE TABLE "request_ways" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"type" text NOT NULL,
	"reader" text NOT NULL,
	"place" text,
	"text_zh" text NOT NULL,
	"text_en" text,
	"url" text,
	"created_at" timestamp with time zone NOT NULL,
	CONSTRAINT "ways_lead_to_safe_addresses" CHECK (url is null or url like 'https://%')
);
--> statement-breakpoint
ALTER TABLE "disposals" ALTER COLUMN "request_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "deregistrations" ADD COLUMN "reminders" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "deregistrations" ADD COLUMN "paused_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "deregistrations" ADD COLUMN "paused_by" uuid;--> statement-breakpoint
ALTER TABLE "deregistrations" ADD COLUMN "pause_reason" text;--> statement-breakpoint
ALTER TABLE "disposals" ADD COLUMN "end_id" uuid;--> statement-breakpoint
ALTER TABLE "disposals" ADD COLUMN "executor" text;--> statement-breakpoint
ALTER TABLE "disposals" ADD COLUMN "method" text;--> statement-breakpoint
ALTER TABLE "disposals" ADD COLUMN "backups_until" date;--> statement-breakpoint
ALTER TABLE "service_ends" ADD CONSTRAINT "service_ends_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_ends" ADD CONSTRAINT "service_ends_app_id_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "service_ends" ADD CONSTRAINT "service_ends_deregistration_id_deregistrations_id_fk" FOREIGN KEY ("deregistration_id") REFERENCES "public"."deregistrations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_deletions" ADD CONSTRAINT "user_deletions_disposal_id_disposals_id_fk" FOREIGN KEY ("disposal_id") REFERENCES "public"."disposals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_deletions" ADD CONSTRAINT "user_deletions_ordered_by_users_id_fk" FOREIGN KEY ("ordered_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "user_results" ADD CONSTRAINT "user_results_disposal_id_disposals_id_fk" FOREIGN KEY ("disposal_id") REFERENCES "public"."disposals"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "service_ends_app_id_index" ON "service_ends" USING btree ("app_id");--> statement-breakpoint
CREATE INDEX "service_ends_account_id_index" ON "service_ends" USING btree ("account_id");--> statement-breakpoint
CREATE INDEX "service_ends_open" ON "service_ends" USING btree ("opened_at") WHERE settled_at is null;--> statement-breakpoint
CREATE INDEX "user_deletions_waiting" ON "user_deletions" USING btree ("ordered_at") WHERE state = 'waiting';--> statement-breakpoint
CREATE INDEX "request_ways_type_reader_index" ON "request_ways" USING btree ("type","reader");--> statement-breakpoint
ALTER TABLE "deregistrations" ADD CONSTRAINT "deregistrations_paused_by_users_id_fk" FOREIGN KEY ("paused_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "disposals" ADD CONSTRAINT "disposals_end_id_service_ends_id_fk" FOREIGN KEY ("end_id") REFERENCES "public"."service_ends"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "disposals_one_per_store_of_an_end" ON "disposals" USING btree ("end_id","store");--> statement-breakpoint
ALTER TABLE "deregistrations" ADD CONSTRAINT "paused_whole" CHECK (num_nulls(paused_at, paused_by, pause_reason) in (0, 3));--> statement-breakpoint
ALTER TABLE "deregistrations" ADD CONSTRAINT "what_is_paused_is_not_over" CHECK (paused_at is null or status in ('awaiting_owner', 'cooling_off'));--> statement-breakpoint
ALTER TABLE "disposals" ADD CONSTRAINT "disposals_are_of_one_thing" CHECK (num_nonnulls(request_id, end_id) = 1);
--> statement-breakpoint
-- What became of a user is said once: whoever asks the interface again changes nothing of it.
CREATE FUNCTION keep_user_outcome() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.outcome IS NOT NULL AND NEW.outcome IS DISTINCT FROM OLD.outcome THEN
    RAISE EXCEPTION 'a user of disposal % has an outcome', OLD.disposal_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER user_results_keep_outcome BEFORE UPDATE ON user_results
  FOR EACH ROW EXECUTE FUNCTION keep_user_outcome();
--> statement-breakpoint
-- An end of service calls for it by itself; of a request the type still has to.
CREATE OR REPLACE FUNCTION keep_disposals_called_for() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.request_id IS NOT NULL AND NOT EXISTS (
    SELECT 1 FROM requests r WHERE r.id = NEW.request_id
      AND r.type IN ('delete', 'child_data', 'deregister_end_user', 'withdraw_consent')
  ) THEN
    RAISE EXCEPTION 'nobody asked for data of request % to be disposed of', NEW.request_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
