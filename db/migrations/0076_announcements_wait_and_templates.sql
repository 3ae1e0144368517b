CREATE TABLE "notice_template_versions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"template_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"title" jsonb NOT NULL,
	"situation" jsonb NOT NULL,
	"written_by" uuid NOT NULL,
	"written_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "notice_templates" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"use" text NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"retired_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "template_version_id" uuid;--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "goes_out_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "notice_template_versions" ADD CONSTRAINT "notice_template_versions_template_id_notice_templates_id_fk" FOREIGN KEY ("template_id") REFERENCES "public"."notice_templates"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_template_versions" ADD CONSTRAINT "notice_template_versions_written_by_users_id_fk" FOREIGN KEY ("written_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "notice_template_versions_number" ON "notice_template_versions" USING btree ("template_id","number");--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_template_version_id_notice_template_versions_id_fk" FOREIGN KEY ("template_version_id") REFERENCES "public"."notice_template_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "notices_scheduled" ON "notices" USING btree ("goes_out_at","id") WHERE status = 'scheduled';--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "incidents_are_never_scheduled" CHECK (incident_id is null or goes_out_at is null);--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "scheduled_notices_are_approved" CHECK (status <> 'scheduled' or (approved_by is not null and content_hash is not null and goes_out_at is not null and published_at is null));
--> statement-breakpoint
-- What was published, or judged and thrown away, stays; what is approved and waits for its moment goes out as
-- it was approved, or back to its author.
CREATE OR REPLACE FUNCTION keep_published_notice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status NOT IN ('scheduled', 'published', 'discarded') THEN
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF OLD.status = 'scheduled' AND TG_OP = 'UPDATE' AND (
    NEW.status = 'draft' OR NEW.status = 'published' AND
    (NEW.type, NEW.parts, NEW.audience, NEW.visibility, NEW.notifies, NEW.silent_reason, NEW.content_hash, NEW.approved_by, NEW.goes_out_at)
    IS NOT DISTINCT FROM
    (OLD.type, OLD.parts, OLD.audience, OLD.visibility, OLD.notifies, OLD.silent_reason, OLD.content_hash, OLD.approved_by, OLD.goes_out_at)
  ) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'notice % has been approved, published or discarded and does not change', OLD.id
    USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
-- The apps that were approved go only with an announcement that is taken back before its moment.
CREATE FUNCTION keep_notice_targets() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND EXISTS (SELECT FROM notices n WHERE n.id = OLD.notice_id AND n.status = 'scheduled') THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION 'notice_targets is append-only' USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE OR REPLACE TRIGGER notice_targets_append_only BEFORE UPDATE OR DELETE ON notice_targets
  FOR EACH ROW EXECUTE FUNCTION keep_notice_targets();
--> statement-breakpoint
CREATE TRIGGER notice_template_versions_append_only BEFORE UPDATE OR DELETE ON notice_template_versions
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
