ALTER TABLE "users" ADD COLUMN "erased_at" timestamp with time zone;--> statement-breakpoint
CREATE INDEX "deliveries_addressed" ON "deliveries" USING btree ("user_id") WHERE address is not null;--> statement-breakpoint
CREATE INDEX "deregistrations_requested_at_index" ON "deregistrations" USING btree ("requested_at");--> statement-breakpoint
ALTER TABLE "deregistrations" ADD CONSTRAINT "what_cools_off_has_an_end" CHECK (status not in ('cooling_off', 'completed') or execute_after is not null);--> statement-breakpoint
-- Who is erased keeps a code instead of name and address, and never changes again.
CREATE FUNCTION keep_person_erased() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.erased_at IS NOT NULL THEN
    RAISE EXCEPTION 'person % is erased for good', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER users_stay_erased BEFORE UPDATE ON users
  FOR EACH ROW EXECUTE FUNCTION keep_person_erased();
--> statement-breakpoint
ALTER TABLE users ADD CONSTRAINT erased_people_are_a_code CHECK (
  erased_at IS NULL OR (name = 'U-' || left(id::text, 8) AND email = id::text || '@erased.invalid')
);
--> statement-breakpoint
-- Nothing and nobody comes back to a closed account, and nobody erased to any (P33).
CREATE FUNCTION keep_out_of_closed_account() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM accounts a WHERE a.id = NEW.account_id AND a.closed_at IS NOT NULL) THEN
    RAISE EXCEPTION 'account % is closed for good', NEW.account_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER members_keep_out_of_closed BEFORE INSERT OR UPDATE ON members
  FOR EACH ROW WHEN (NEW.left_at IS NULL) EXECUTE FUNCTION keep_out_of_closed_account();
--> statement-breakpoint
CREATE TRIGGER contacts_keep_out_of_closed BEFORE INSERT OR UPDATE ON contacts
  FOR EACH ROW WHEN (NEW.removed_at IS NULL) EXECUTE FUNCTION keep_out_of_closed_account();
--> statement-breakpoint
CREATE TRIGGER apps_keep_out_of_closed BEFORE INSERT OR UPDATE ON apps
  FOR EACH ROW WHEN (NEW.closed_at IS NULL) EXECUTE FUNCTION keep_out_of_closed_account();
--> statement-breakpoint
CREATE FUNCTION keep_erased_people_out() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM users u WHERE u.id = NEW.user_id AND u.erased_at IS NOT NULL) THEN
    RAISE EXCEPTION 'person % is erased for good', NEW.user_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER members_keep_erased_out BEFORE INSERT OR UPDATE ON members
  FOR EACH ROW WHEN (NEW.left_at IS NULL) EXECUTE FUNCTION keep_erased_people_out();
--> statement-breakpoint
CREATE TRIGGER contacts_keep_erased_out BEFORE INSERT OR UPDATE ON contacts
  FOR EACH ROW WHEN (NEW.removed_at IS NULL) EXECUTE FUNCTION keep_erased_people_out();
--> statement-breakpoint
CREATE TRIGGER sessions_keep_erased_out BEFORE INSERT ON sessions
  FOR EACH ROW EXECUTE FUNCTION keep_erased_people_out();
--> statement-breakpoint
-- An answer is proof: a name in it may become its person's code and the browser's name may go; nothing else changes.
CREATE FUNCTION keep_answer() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  coded policy_acknowledgements := OLD;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    coded.person_name := 'U-' || left(OLD.user_id::text, 8);
    coded.user_agent := NULL;
    IF NEW IS NOT DISTINCT FROM coded THEN
      RETURN NEW;
    END IF;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
DROP TRIGGER policy_acknowledgements_append_only ON policy_acknowledgements;
--> statement-breakpoint
CREATE TRIGGER policy_acknowledgements_append_only BEFORE UPDATE OR DELETE ON policy_acknowledgements
  FOR EACH ROW EXECUTE FUNCTION keep_answer();
--> statement-breakpoint
-- The same of the receipt that told of it; its hash stays that of what was sent.
CREATE OR REPLACE FUNCTION keep_frozen_broadcast() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  coded jsonb := OLD.facts;
BEGIN
  IF OLD.kind = 'acknowledgement_receipt' AND NEW.facts IS DISTINCT FROM OLD.facts THEN
    SELECT jsonb_set(OLD.facts, '{personName}', to_jsonb('U-' || left(k.user_id::text, 8)))
      INTO coded FROM policy_acknowledgements k WHERE k.id = OLD.subject_id;
  END IF;
  IF (NEW.kind, NEW.subject_id, NEW.facts, NEW.facts_hash, NEW.started_by, NEW.started_at)
    IS DISTINCT FROM (OLD.kind, OLD.subject_id, coded, OLD.facts_hash, OLD.started_by, OLD.started_at)
  THEN
    RAISE EXCEPTION 'broadcast % has started and does not change', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
-- A rendered mail never changes; that of a receipt, which names a person, may go.
CREATE FUNCTION keep_rendered_mail() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' AND EXISTS (
    SELECT 1 FROM broadcasts b WHERE b.id = OLD.broadcast_id AND b.kind = 'acknowledgement_receipt'
  ) THEN
    RETURN OLD;
  END IF;
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
DROP TRIGGER broadcast_mails_keep_frozen ON broadcast_mails;
--> statement-breakpoint
CREATE TRIGGER broadcast_mails_keep_frozen BEFORE UPDATE OR DELETE ON broadcast_mails
  FOR EACH ROW EXECUTE FUNCTION keep_rendered_mail();
--> statement-breakpoint
-- The bytes of a batch are frozen; once it is settled they may go, for they name people. The hash stays.
CREATE OR REPLACE FUNCTION keep_frozen_batch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.broadcast_id, NEW.idempotency_key, NEW.body_hash, NEW.size)
      IS DISTINCT FROM (OLD.broadcast_id, OLD.idempotency_key, OLD.body_hash, OLD.size)
    OR (NEW.body <> OLD.body AND NOT (NEW.body = '' AND OLD.status <> 'frozen'))
    OR (NEW.body = '' AND NEW.status = 'frozen')
  THEN
    RAISE EXCEPTION 'mail batch % is frozen', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
