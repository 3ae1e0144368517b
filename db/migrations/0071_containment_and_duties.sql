CREATE TABLE "containment_steps" (
	"incident_id" uuid NOT NULL,
	"round" integer NOT NULL,
	"step" text NOT NULL,
	"state" text NOT NULL,
	"reason" text,
	"settled_by" uuid NOT NULL,
	"settled_at" timestamp with time zone NOT NULL,
	CONSTRAINT "containment_steps_incident_id_round_step_pk" PRIMARY KEY("incident_id","round","step"),
	CONSTRAINT "steps_set_aside_have_a_reason" CHECK ((state = 'set_aside') = (reason is not null))
);
--> statement-breakpoint
CREATE TABLE "incident_duties" (
	"incident_id" uuid NOT NULL,
	"duty" text NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"reckoned_at" timestamp with time zone NOT NULL,
	"parts" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"revision" integer DEFAULT 1 NOT NULL,
	"saved_by" uuid,
	"saved_at" timestamp with time zone,
	"handed_in_at" timestamp with time zone,
	"logged_by" uuid,
	"logged_at" timestamp with time zone,
	"reference" text,
	"report_hash" text,
	"waived_at" timestamp with time zone,
	CONSTRAINT "incident_duties_incident_id_duty_pk" PRIMARY KEY("incident_id","duty"),
	CONSTRAINT "reports_are_handed_in_by_somebody" CHECK ((handed_in_at is null) = (logged_by is null) and (handed_in_at is null) = (reference is null)
        and (handed_in_at is null) = (report_hash is null) and (handed_in_at is null) = (logged_at is null)),
	CONSTRAINT "what_is_handed_in_is_not_waived" CHECK (handed_in_at is null or waived_at is null)
);
--> statement-breakpoint
CREATE TABLE "incident_proposals" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"incident_id" uuid NOT NULL,
	"what" text NOT NULL,
	"duty" text,
	"reason" text NOT NULL,
	"proposed_by" uuid NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"decision" text,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"decision_reason" text,
	"broadcast_id" uuid,
	CONSTRAINT "waivers_name_a_duty" CHECK ((what = 'waiver') = (duty is not null)),
	CONSTRAINT "nobody_approves_their_own_incident_proposal" CHECK (decision is distinct from 'approved' or proposed_by <> decided_by),
	CONSTRAINT "incident_proposals_are_decided_by_somebody" CHECK ((decision is null) = (decided_by is null) and (decision is null) = (decided_at is null))
);
--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "operator" text DEFAULT 'other' NOT NULL;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "concerns_eea" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "containment_begun_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "round" integer DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "reopened_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "false_alarm_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "containment_steps" ADD CONSTRAINT "containment_steps_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "containment_steps" ADD CONSTRAINT "containment_steps_settled_by_users_id_fk" FOREIGN KEY ("settled_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_duties" ADD CONSTRAINT "incident_duties_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_duties" ADD CONSTRAINT "incident_duties_saved_by_users_id_fk" FOREIGN KEY ("saved_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_duties" ADD CONSTRAINT "incident_duties_logged_by_users_id_fk" FOREIGN KEY ("logged_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_proposals" ADD CONSTRAINT "incident_proposals_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_proposals" ADD CONSTRAINT "incident_proposals_proposed_by_users_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_proposals" ADD CONSTRAINT "incident_proposals_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "incident_proposals" ADD CONSTRAINT "incident_proposals_broadcast_id_broadcasts_id_fk" FOREIGN KEY ("broadcast_id") REFERENCES "public"."broadcasts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "incident_proposals_incident_id_index" ON "incident_proposals" USING btree ("incident_id");--> statement-breakpoint
CREATE UNIQUE INDEX "one_incident_proposal_waits" ON "incident_proposals" USING btree ("incident_id") WHERE decision is null;--> statement-breakpoint
ALTER TABLE "incidents" ADD CONSTRAINT "false_alarms_say_since_when" CHECK ((status = 'false_alarm') = (false_alarm_at is not null));--> statement-breakpoint
-- A false alarm and a reopening take the word of two people.
CREATE FUNCTION keep_incident_proposed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status IN ('false_alarm', 'reopened') AND NEW.status IS DISTINCT FROM OLD.status AND NOT EXISTS (
    SELECT FROM incident_proposals p
    WHERE p.incident_id = NEW.id AND p.decision = 'approved'
      AND p.what = CASE NEW.status WHEN 'reopened' THEN 'reopening' ELSE 'false_alarm' END
      AND p.decided_at = coalesce(NEW.false_alarm_at, NEW.reopened_at)
  ) THEN
    RAISE EXCEPTION 'incident % is % by the word of two people', NEW.id, NEW.status
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER incidents_are_proposed BEFORE UPDATE OF status ON incidents
  FOR EACH ROW EXECUTE FUNCTION keep_incident_proposed();
--> statement-breakpoint
-- A limit never moves later, and what was handed in stays as it was.
CREATE FUNCTION keep_incident_duty() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR NEW.due_at > OLD.due_at OR (
    OLD.handed_in_at IS NOT NULL AND
    (NEW.parts, NEW.handed_in_at, NEW.reference, NEW.report_hash, NEW.logged_by, NEW.logged_at, NEW.waived_at)
    IS DISTINCT FROM
    (OLD.parts, OLD.handed_in_at, OLD.reference, OLD.report_hash, OLD.logged_by, OLD.logged_at, OLD.waived_at)
  ) THEN
    RAISE EXCEPTION 'the duty % of incident % is kept as it is', OLD.duty, OLD.incident_id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER incident_duties_are_kept BEFORE UPDATE OR DELETE ON incident_duties
  FOR EACH ROW EXECUTE FUNCTION keep_incident_duty();
