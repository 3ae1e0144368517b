CREATE TABLE "follow_up_reports" (
	"incident_id" uuid NOT NULL,
	"duty" text NOT NULL,
	"sequence" integer NOT NULL,
	"parts" jsonb NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"saved_by" uuid NOT NULL,
	"saved_at" timestamp with time zone NOT NULL,
	"basis" jsonb NOT NULL,
	"handed_in_at" timestamp with time zone,
	"logged_by" uuid,
	"logged_at" timestamp with time zone,
	"reference" text,
	"report_hash" text,
	CONSTRAINT "follow_up_reports_incident_id_duty_sequence_pk" PRIMARY KEY("incident_id","duty","sequence"),
	CONSTRAINT "follow_up_reports_count_from_one" CHECK (sequence >= 1),
	CONSTRAINT "follow_up_reports_are_handed_in_by_somebody" CHECK ((handed_in_at is null) = (logged_by is null) and (handed_in_at is null) = (reference is null)
        and (handed_in_at is null) = (report_hash is null) and (handed_in_at is null) = (logged_at is null))
);
--> statement-breakpoint
ALTER TABLE "incident_duties" ADD COLUMN "basis" jsonb;--> statement-breakpoint
ALTER TABLE "follow_up_reports" ADD CONSTRAINT "follow_up_reports_saved_by_users_id_fk" FOREIGN KEY ("saved_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_up_reports" ADD CONSTRAINT "follow_up_reports_logged_by_users_id_fk" FOREIGN KEY ("logged_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "follow_up_reports" ADD CONSTRAINT "follow_up_reports_follow_a_duty" FOREIGN KEY ("incident_id","duty") REFERENCES "public"."incident_duties"("incident_id","duty") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "one_follow_up_report_is_open" ON "follow_up_reports" USING btree ("incident_id","duty") WHERE handed_in_at is null;--> statement-breakpoint
-- A limit never moves later, and what was handed in stays as it was, with what was known then.
CREATE OR REPLACE FUNCTION keep_incident_duty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR NEW.due_at > OLD.due_at OR (
    OLD.handed_in_at IS NOT NULL AND
    (NEW.parts, NEW.basis, NEW.handed_in_at, NEW.reference, NEW.report_hash, NEW.logged_by, NEW.logged_at, NEW.waived_at)
    IS DISTINCT FROM
    (OLD.parts, OLD.basis, OLD.handed_in_at, OLD.reference, OLD.report_hash, OLD.logged_by, OLD.logged_at, OLD.waived_at)
  ) THEN
    RAISE EXCEPTION 'the duty % of incident % is kept as it is', OLD.duty, OLD.incident_id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE FUNCTION keep_follow_up_report() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.handed_in_at IS NOT NULL THEN
    RAISE EXCEPTION 'the report % of duty % of incident % is kept as it is', OLD.sequence, OLD.duty, OLD.incident_id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER follow_up_reports_are_kept BEFORE UPDATE OR DELETE ON follow_up_reports
  FOR EACH ROW EXECUTE FUNCTION keep_follow_up_report();
