-- Whatever commits a change to what the public side shows tells every web process at once (db/changes.ts).
CREATE FUNCTION tell_public_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  PERFORM pg_notify('public_changed', '');
  RETURN NULL;
END $$;
--> statement-breakpoint
DO $$
DECLARE shown text;
BEGIN
  FOREACH shown IN ARRAY ARRAY[
    'products', 'policy_documents', 'policy_versions', 'policy_texts', 'stop_guides',
    'incidents', 'notices', 'broadcasts', 'withdrawals'
  ] LOOP
    EXECUTE format(
      'CREATE TRIGGER %I AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION tell_public_change()',
      shown || '_tell_public_change', shown);
  END LOOP;
END $$;
