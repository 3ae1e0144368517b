ALTER TABLE "accounts" ADD COLUMN "takes_rehearsals" boolean DEFAULT true NOT NULL;--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "is_rehearsal" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "incidents" ADD CONSTRAINT "rehearsals_are_for_the_affected" CHECK (not is_rehearsal or visibility = 'affected');--> statement-breakpoint
CREATE FUNCTION keep_rehearsal() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.is_rehearsal IS DISTINCT FROM OLD.is_rehearsal THEN
    RAISE EXCEPTION 'what was opened as a rehearsal stays one, and nothing else becomes one'
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER incidents_stay_rehearsals BEFORE UPDATE OF is_rehearsal ON "incidents"
  FOR EACH ROW EXECUTE FUNCTION keep_rehearsal();
