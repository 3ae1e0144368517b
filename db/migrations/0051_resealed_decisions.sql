-- Who owns the table seals explanations anew with another key (npm run rotate) and changes nothing else of
-- a judged decision; for everybody else, web and worker included, it stays as it was.
CREATE OR REPLACE FUNCTION keep_judged_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.verdict IS NOT NULL AND NOT (
    TG_OP = 'UPDATE'
    AND to_jsonb(NEW) - 'explanation' = to_jsonb(OLD) - 'explanation'
    AND pg_has_role(current_user, (SELECT relowner FROM pg_class WHERE oid = TG_RELID), 'member')
  ) THEN
    RAISE EXCEPTION 'decision % has been judged and does not change', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
