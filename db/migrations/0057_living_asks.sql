CREATE TABLE "app_stops" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"app_id" uuid NOT NULL,
	"place" text NOT NULL,
	"app_version" text NOT NULL,
	"stopped_on" date NOT NULL,
	"stated_by" uuid NOT NULL,
	"stated_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "ask_deferrals" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"version_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"until" date NOT NULL,
	"deferred_at" timestamp with time zone NOT NULL,
	"reminded_at" timestamp with time zone
);
--> statement-breakpoint
CREATE TABLE "ask_tasks" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"version_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"opened_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	"settled_by" uuid,
	"note" text,
	CONSTRAINT "ask_tasks_versionId_accountId_kind_unique" UNIQUE("version_id","account_id","kind"),
	CONSTRAINT "ask_tasks_are_settled_with_a_day" CHECK (settled_at is not null or settled_by is null)
);
--> statement-breakpoint
CREATE TABLE "ask_waivers" (
	"version_id" uuid NOT NULL,
	"account_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"waived_by" uuid NOT NULL,
	"waived_at" timestamp with time zone NOT NULL,
	CONSTRAINT "ask_waivers_version_id_account_id_pk" PRIMARY KEY("version_id","account_id")
);
--> statement-breakpoint
DROP INDEX "policy_acknowledgements_account_id_index";--> statement-breakpoint
ALTER TABLE "policy_acknowledgements" ADD COLUMN "change_numbers" integer[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "app_stops" ADD CONSTRAINT "app_stops_app_id_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app_stops" ADD CONSTRAINT "app_stops_stated_by_users_id_fk" FOREIGN KEY ("stated_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ask_deferrals" ADD CONSTRAINT "ask_deferrals_version_id_policy_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."policy_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ask_deferrals" ADD CONSTRAINT "ask_deferrals_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ask_deferrals" ADD CONSTRAINT "ask_deferrals_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ask_tasks" ADD CONSTRAINT "ask_tasks_version_id_policy_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."policy_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ask_tasks" ADD CONSTRAINT "ask_tasks_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ask_tasks" ADD CONSTRAINT "ask_tasks_settled_by_users_id_fk" FOREIGN KEY ("settled_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ask_waivers" ADD CONSTRAINT "ask_waivers_version_id_policy_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."policy_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ask_waivers" ADD CONSTRAINT "ask_waivers_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "ask_waivers" ADD CONSTRAINT "ask_waivers_waived_by_users_id_fk" FOREIGN KEY ("waived_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "app_stops_app_id_place_stated_at_index" ON "app_stops" USING btree ("app_id","place","stated_at");--> statement-breakpoint
CREATE INDEX "ask_deferrals_version_id_account_id_deferred_at_index" ON "ask_deferrals" USING btree ("version_id","account_id","deferred_at");--> statement-breakpoint
CREATE INDEX "ask_deferrals_waiting" ON "ask_deferrals" USING btree ("until") WHERE reminded_at is null;--> statement-breakpoint
CREATE INDEX "ask_tasks_open" ON "ask_tasks" USING btree ("opened_at","id") WHERE settled_at is null;--> statement-breakpoint
CREATE INDEX "ask_tasks_settled" ON "ask_tasks" USING btree ("settled_at","id") WHERE settled_at is not null;--> statement-breakpoint
CREATE INDEX "policy_acknowledgements_account_id_version_id_index" ON "policy_acknowledgements" USING btree ("account_id","version_id");--> statement-breakpoint
CREATE INDEX "policy_versions_major" ON "policy_versions" USING btree ("document_id","effective_at") WHERE is_major and status in ('scheduled', 'in_force', 'archived');
--> statement-breakpoint
CREATE TRIGGER ask_waivers_append_only BEFORE UPDATE OR DELETE ON ask_waivers
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER app_stops_append_only BEFORE UPDATE OR DELETE ON app_stops
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- Of a deferral only the moment of its reminder comes later, once.
CREATE FUNCTION keep_ask_deferral() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.reminded_at IS NOT NULL
    OR (NEW.id, NEW.version_id, NEW.account_id, NEW.user_id, NEW.until, NEW.deferred_at)
      IS DISTINCT FROM (OLD.id, OLD.version_id, OLD.account_id, OLD.user_id, OLD.until, OLD.deferred_at)
  THEN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER ask_deferrals_keep BEFORE UPDATE OR DELETE ON ask_deferrals
  FOR EACH ROW EXECUTE FUNCTION keep_ask_deferral();
