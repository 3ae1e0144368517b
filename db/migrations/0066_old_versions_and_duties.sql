CREATE TABLE "app_attestations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"app_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"kind" text NOT NULL,
	"locale" text NOT NULL,
	"text_hash" text NOT NULL,
	"points" jsonb NOT NULL,
	"attested_by" uuid NOT NULL,
	"attested_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "kit_takes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"app_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"locale" text NOT NULL,
	"text" text NOT NULL,
	"taken_by" uuid NOT NULL,
	"taken_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "own_policy_updates" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"app_id" uuid NOT NULL,
	"version_id" uuid NOT NULL,
	"url" text,
	"updated_on" date,
	"stated_by" uuid NOT NULL,
	"stated_at" timestamp with time zone NOT NULL,
	CONSTRAINT "own_policies_have_an_address_or_a_day" CHECK (url is not null or updated_on is not null)
);
--> statement-breakpoint
DROP INDEX "policy_versions_one_ahead";--> statement-breakpoint
ALTER TABLE "policy_versions" ADD COLUMN "provenance" text;--> statement-breakpoint
ALTER TABLE "policy_versions" ADD COLUMN "published_on" date;--> statement-breakpoint
ALTER TABLE "app_attestations" ADD CONSTRAINT "app_attestations_app_id_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app_attestations" ADD CONSTRAINT "app_attestations_version_id_policy_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."policy_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app_attestations" ADD CONSTRAINT "app_attestations_attested_by_users_id_fk" FOREIGN KEY ("attested_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kit_takes" ADD CONSTRAINT "kit_takes_app_id_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kit_takes" ADD CONSTRAINT "kit_takes_version_id_policy_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."policy_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "kit_takes" ADD CONSTRAINT "kit_takes_taken_by_users_id_fk" FOREIGN KEY ("taken_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "own_policy_updates" ADD CONSTRAINT "own_policy_updates_app_id_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "own_policy_updates" ADD CONSTRAINT "own_policy_updates_version_id_policy_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."policy_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "own_policy_updates" ADD CONSTRAINT "own_policy_updates_stated_by_users_id_fk" FOREIGN KEY ("stated_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "app_attestations_app_id_kind_attested_at_index" ON "app_attestations" USING btree ("app_id","kind","attested_at");--> statement-breakpoint
CREATE INDEX "kit_takes_app_id_locale_taken_at_index" ON "kit_takes" USING btree ("app_id","locale","taken_at");--> statement-breakpoint
CREATE INDEX "own_policy_updates_app_id_stated_at_index" ON "own_policy_updates" USING btree ("app_id","stated_at");--> statement-breakpoint
CREATE UNIQUE INDEX "policy_versions_one_ahead" ON "policy_versions" USING btree ("document_id") WHERE status in ('draft', 'in_review', 'scheduled') and provenance is null;--> statement-breakpoint
ALTER TABLE "policy_versions" ADD CONSTRAINT "old_versions_are_archived" CHECK ((provenance is null) = (published_on is null) and (provenance is null or status in ('draft', 'in_review', 'archived', 'discarded')));--> statement-breakpoint
-- What was announced or archived stays, with where an old version is from.
CREATE OR REPLACE FUNCTION keep_announced_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status IN ('draft', 'in_review') THEN
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'DELETE' OR
    (NEW.document_id, NEW.label, NEW.title_zh, NEW.title_en, NEW.changes, NEW.major_answers, NEW.is_major,
     NEW.affects_end_users, NEW.needs_consent, NEW.explanations, NEW.effective_date, NEW.author_id,
     NEW.writer_ids, NEW.content_hash, NEW.approved_by, NEW.approved_at, NEW.effective_at, NEW.provenance,
     NEW.published_on)
    IS DISTINCT FROM
    (OLD.document_id, OLD.label, OLD.title_zh, OLD.title_en, OLD.changes, OLD.major_answers, OLD.is_major,
     OLD.affects_end_users, OLD.needs_consent, OLD.explanations, OLD.effective_date, OLD.author_id,
     OLD.writer_ids, OLD.content_hash, OLD.approved_by, OLD.approved_at, OLD.effective_at, OLD.provenance,
     OLD.published_on)
  THEN
    RAISE EXCEPTION 'version % has been announced and does not change', OLD.id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
