-- lock: a BRIN index keeps a line for each hundred pages or so; of a hundred million reports it is made in seconds.
CREATE INDEX "provider_events_received_at_index" ON "provider_events" USING brin ("received_at");--> statement-breakpoint
ALTER TABLE "broadcast_mails" ADD COLUMN "shown" jsonb;--> statement-breakpoint
ALTER TABLE "policy_acknowledgements" ADD COLUMN "shown_by" text;--> statement-breakpoint
ALTER TABLE "policy_acknowledgements" ADD COLUMN "signed_in_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "policy_acknowledgements" ADD COLUMN "factor_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "policy_acknowledgements" ADD COLUMN "visit_hash" text;--> statement-breakpoint
ALTER TABLE "policy_acknowledgements" ADD COLUMN "network" text;--> statement-breakpoint
ALTER TABLE "policy_acknowledgements" ADD COLUMN "visit_salt" text;--> statement-breakpoint
-- Browser, network and the salt of their commitment go with the name; nothing else of an answer changes.
CREATE OR REPLACE FUNCTION keep_answer() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  coded policy_acknowledgements := OLD;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    coded.person_name := 'U-' || left(OLD.user_id::text, 8);
    coded.user_agent := NULL;
    coded.network := NULL;
    coded.visit_salt := NULL;
    IF NEW IS NOT DISTINCT FROM coded THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
