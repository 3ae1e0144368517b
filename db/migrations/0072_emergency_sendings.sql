CREATE TABLE "emergency_sendings" (
	"notice_id" uuid PRIMARY KEY NOT NULL,
	"reason" text NOT NULL,
	"sent_by" uuid NOT NULL,
	"sent_at" timestamp with time zone NOT NULL,
	"writer_ids" uuid[] NOT NULL,
	"look_due_at" timestamp with time zone NOT NULL,
	"alarmed_at" timestamp with time zone,
	"verdict" text,
	"looked_by" uuid,
	"looked_at" timestamp with time zone,
	"objection" text,
	"correction_id" uuid,
	CONSTRAINT "nobody_looks_at_their_own_sending" CHECK (looked_by is null or (looked_by <> sent_by and looked_by <> all (writer_ids))),
	CONSTRAINT "sendings_are_looked_at_by_somebody" CHECK ((verdict is null) = (looked_by is null) and (verdict is null) = (looked_at is null)),
	CONSTRAINT "objections_have_a_reason" CHECK ((verdict is not distinct from 'objected') = (objection is not null))
);
--> statement-breakpoint
ALTER TABLE "notices" DROP CONSTRAINT "published_notices_are_approved";--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "sent_alone_by" uuid;--> statement-breakpoint
ALTER TABLE "emergency_sendings" ADD CONSTRAINT "emergency_sendings_notice_id_notices_id_fk" FOREIGN KEY ("notice_id") REFERENCES "public"."notices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "emergency_sendings" ADD CONSTRAINT "emergency_sendings_sent_by_users_id_fk" FOREIGN KEY ("sent_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "emergency_sendings" ADD CONSTRAINT "emergency_sendings_looked_by_users_id_fk" FOREIGN KEY ("looked_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "emergency_sendings" ADD CONSTRAINT "emergency_sendings_correction_id_notices_id_fk" FOREIGN KEY ("correction_id") REFERENCES "public"."notices"("id") ON DELETE set null ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "emergency_sendings_waiting" ON "emergency_sendings" USING btree ("look_due_at") WHERE verdict is null;--> statement-breakpoint
CREATE INDEX "emergency_sendings_correction_id_index" ON "emergency_sendings" USING btree ("correction_id");--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_sent_alone_by_users_id_fk" FOREIGN KEY ("sent_alone_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "published_notices_are_approved" CHECK (status <> 'published' or ((approved_by is null) <> (sent_alone_by is null) and content_hash is not null and published_at is not null and facts is not null));--> statement-breakpoint
-- What one person sent alone stays as it was, and so does what a second one said of it.
CREATE FUNCTION keep_emergency_sending() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR
    (NEW.notice_id, NEW.reason, NEW.sent_by, NEW.sent_at, NEW.writer_ids, NEW.look_due_at)
    IS DISTINCT FROM
    (OLD.notice_id, OLD.reason, OLD.sent_by, OLD.sent_at, OLD.writer_ids, OLD.look_due_at)
    OR (OLD.alarmed_at IS NOT NULL AND NEW.alarmed_at IS DISTINCT FROM OLD.alarmed_at)
    OR (OLD.verdict IS NOT NULL AND
      (NEW.verdict, NEW.looked_by, NEW.looked_at, NEW.objection, NEW.alarmed_at)
      IS DISTINCT FROM
      (OLD.verdict, OLD.looked_by, OLD.looked_at, OLD.objection, OLD.alarmed_at))
  THEN
    RAISE EXCEPTION 'the emergency sending of notice % is kept as it is', OLD.notice_id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER emergency_sendings_are_kept BEFORE UPDATE OR DELETE ON emergency_sendings
  FOR EACH ROW EXECUTE FUNCTION keep_emergency_sending();--> statement-breakpoint
-- One person alone sends a notice of the gravest grade, with the reason beside it; nothing else.
CREATE FUNCTION keep_sent_alone() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.sent_alone_by IS NOT NULL AND NOT (
    NEW.notifies
    AND EXISTS (
      SELECT FROM emergency_sendings s
      WHERE s.notice_id = NEW.id AND s.sent_by = NEW.sent_alone_by AND s.writer_ids = NEW.writer_ids
    )
    AND EXISTS (
      SELECT FROM incidents i WHERE i.id = NEW.incident_id AND i.severity = 'very_major'
    )
  ) THEN
    RAISE EXCEPTION 'notice % is not one that one person sends alone', NEW.id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER notices_sent_alone_have_their_reason BEFORE INSERT OR UPDATE OF sent_alone_by ON notices
  FOR EACH ROW EXECUTE FUNCTION keep_sent_alone();
