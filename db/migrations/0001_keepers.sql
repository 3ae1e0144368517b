CREATE SEQUENCE receipt_numbers;
--> statement-breakpoint
CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE ON audit_entries
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER audit_entries_no_truncate BEFORE TRUNCATE ON audit_entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER policy_acknowledgements_append_only BEFORE UPDATE OR DELETE ON policy_acknowledgements
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER policy_acknowledgements_no_truncate BEFORE TRUNCATE ON policy_acknowledgements
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER policy_reviews_append_only BEFORE UPDATE OR DELETE ON policy_reviews
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER policy_reviews_no_truncate BEFORE TRUNCATE ON policy_reviews
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- What was announced stays: after approval only the status and its moments may move.
CREATE FUNCTION keep_announced_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status IN ('draft', 'in_review') THEN
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'DELETE' OR
    (NEW.document_id, NEW.label, NEW.changes, NEW.major_answers, NEW.is_major, NEW.affects_end_users,
     NEW.effective_date, NEW.author_id, NEW.writer_ids, NEW.content_hash, NEW.approved_by,
     NEW.approved_at, NEW.effective_at)
    IS DISTINCT FROM
    (OLD.document_id, OLD.label, OLD.changes, OLD.major_answers, OLD.is_major, OLD.affects_end_users,
     OLD.effective_date, OLD.author_id, OLD.writer_ids, OLD.content_hash, OLD.approved_by,
     OLD.approved_at, OLD.effective_at)
  THEN
    RAISE EXCEPTION 'version % has been announced and does not change', OLD.id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER policy_versions_keep_announced BEFORE UPDATE OR DELETE ON policy_versions
  FOR EACH ROW EXECUTE FUNCTION keep_announced_version();
--> statement-breakpoint
CREATE FUNCTION keep_announced_text() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  version uuid := CASE WHEN TG_OP = 'INSERT' THEN NEW.version_id ELSE OLD.version_id END;
BEGIN
  IF EXISTS (SELECT 1 FROM policy_versions v WHERE v.id = version AND v.status NOT IN ('draft', 'in_review')) THEN
    RAISE EXCEPTION 'the text of version % has been announced and does not change', version
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
--> statement-breakpoint
CREATE TRIGGER policy_texts_keep_announced BEFORE INSERT OR UPDATE OR DELETE ON policy_texts
  FOR EACH ROW EXECUTE FUNCTION keep_announced_text();
--> statement-breakpoint
-- The facts of a broadcast and the bytes of a mail are frozen when they are written.
CREATE FUNCTION keep_frozen_broadcast() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.kind, NEW.subject_id, NEW.facts, NEW.facts_hash, NEW.started_by, NEW.started_at)
    IS DISTINCT FROM (OLD.kind, OLD.subject_id, OLD.facts, OLD.facts_hash, OLD.started_by, OLD.started_at)
  THEN
    RAISE EXCEPTION 'broadcast % has started and does not change', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER broadcasts_keep_frozen BEFORE UPDATE ON broadcasts
  FOR EACH ROW EXECUTE FUNCTION keep_frozen_broadcast();
--> statement-breakpoint
CREATE FUNCTION keep_frozen_batch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.broadcast_id, NEW.idempotency_key, NEW.body, NEW.body_hash, NEW.size)
    IS DISTINCT FROM (OLD.broadcast_id, OLD.idempotency_key, OLD.body, OLD.body_hash, OLD.size)
  THEN
    RAISE EXCEPTION 'mail batch % is frozen', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER mail_batches_keep_frozen BEFORE UPDATE ON mail_batches
  FOR EACH ROW EXECUTE FUNCTION keep_frozen_batch();
--> statement-breakpoint
CREATE TRIGGER broadcast_mails_keep_frozen BEFORE UPDATE OR DELETE ON broadcast_mails
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
