CREATE TABLE "grade_changes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"incident_id" uuid NOT NULL,
	"severity_before" text NOT NULL,
	"severity_after" text NOT NULL,
	"discovered_before" timestamp with time zone NOT NULL,
	"discovered_after" timestamp with time zone NOT NULL,
	"reason" text NOT NULL,
	"proposed_by" uuid NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"decision_reason" text,
	"applied_at" timestamp with time zone,
	CONSTRAINT "nobody_decides_their_own_grade_change" CHECK (decided_by <> proposed_by),
	CONSTRAINT "grade_changes_are_decided_by_somebody" CHECK ((decided_by is null) = (decided_at is null))
);
--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "first_notice_due_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "grade_changes" ADD CONSTRAINT "grade_changes_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grade_changes" ADD CONSTRAINT "grade_changes_proposed_by_users_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "grade_changes" ADD CONSTRAINT "grade_changes_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "grade_changes_incident_id_index" ON "grade_changes" USING btree ("incident_id");--> statement-breakpoint
CREATE UNIQUE INDEX "one_grade_change_waits" ON "grade_changes" USING btree ("incident_id") WHERE applied_at is null and decided_at is null;--> statement-breakpoint
-- The strictest limit that ever applied: the record of an incident holds every grade it had.
WITH "grades" AS (
  SELECT "id"::text AS "incident", "severity", "discovered_at" FROM "incidents"
  UNION ALL
  SELECT e."subject_id", side ->> 'severity', (side ->> 'discoveredAt')::timestamptz
  FROM "audit_entries" e CROSS JOIN LATERAL (VALUES (e."before"), (e."after")) AS sides(side)
  WHERE e."subject_type" = 'incident' AND e."action" IN ('incident.opened', 'incident.edited')
    AND side ? 'severity' AND side ? 'discoveredAt'
)
UPDATE "incidents" i SET "first_notice_due_at" = (
  SELECT min(g."discovered_at" + make_interval(hours =>
    CASE g."severity" WHEN 'very_major' THEN 1 WHEN 'major' THEN 2 WHEN 'larger' THEN 4 ELSE 24 END))
  FROM "grades" g WHERE g."incident" = i."id"::text
);--> statement-breakpoint
ALTER TABLE "incidents" ALTER COLUMN "first_notice_due_at" SET NOT NULL;--> statement-breakpoint
CREATE FUNCTION keep_first_notice_due() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.first_notice_due_at > OLD.first_notice_due_at THEN
    RAISE EXCEPTION 'the limit of a first notice is never put off' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER incidents_keep_their_limit BEFORE UPDATE ON "incidents"
  FOR EACH ROW EXECUTE FUNCTION keep_first_notice_due();
