-- A statement that changes no row tells nobody. While mails go out, the worker looks again and again
-- whether a broadcast has ended, by an UPDATE that mostly finds none; each look emptied what every web
-- process keeps for strangers (0044), and left nothing to serve when the database went away that moment.
CREATE FUNCTION tell_public_rows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT FROM changed) THEN
    PERFORM pg_notify('public_changed', '');
  END IF;
  RETURN NULL;
END $$;
--> statement-breakpoint
DO $$
DECLARE shown text;
BEGIN
  FOR shown IN
    SELECT tgrelid::regclass FROM pg_trigger WHERE tgfoid = 'tell_public_change'::regproc
  LOOP
    EXECUTE format('DROP TRIGGER %I ON %s', shown || '_tell_public_change', shown);
    EXECUTE format(
      'CREATE TRIGGER %I AFTER INSERT OR TRUNCATE ON %s FOR EACH STATEMENT EXECUTE FUNCTION tell_public_change()',
      shown || '_tell_public_change', shown);
    EXECUTE format(
      'CREATE TRIGGER %I AFTER UPDATE ON %s REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tell_public_rows()',
      shown || '_tell_public_update', shown);
    EXECUTE format(
      'CREATE TRIGGER %I AFTER DELETE ON %s REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tell_public_rows()',
      shown || '_tell_public_delete', shown);
  END LOOP;
END $$;
