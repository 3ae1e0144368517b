-- Why an account was asked no longer is in staff's own words: they go with the account, whose certificate's
-- number then stands there. Nothing else of a waiver changes.
CREATE FUNCTION keep_ask_waiver() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  erased ask_waivers := OLD;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    erased.reason := NEW.reason;
    IF NEW IS NOT DISTINCT FROM erased AND EXISTS (
      SELECT FROM deregistrations d
      WHERE d.account_id = OLD.account_id AND d.number = NEW.reason
        AND d.status IN ('cooling_off', 'completed')
    ) THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
DROP TRIGGER ask_waivers_append_only ON ask_waivers;
--> statement-breakpoint
CREATE TRIGGER ask_waivers_append_only BEFORE UPDATE OR DELETE ON ask_waivers
  FOR EACH ROW EXECUTE FUNCTION keep_ask_waiver();
