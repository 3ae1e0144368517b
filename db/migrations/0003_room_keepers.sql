CREATE SEQUENCE incident_numbers;
--> statement-breakpoint
CREATE SEQUENCE request_numbers;
--> statement-breakpoint
CREATE SEQUENCE deletion_receipt_numbers;
--> statement-breakpoint
CREATE SEQUENCE deregistration_numbers;
--> statement-breakpoint
CREATE TRIGGER notice_reviews_append_only BEFORE UPDATE OR DELETE ON notice_reviews
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER notice_targets_append_only BEFORE UPDATE OR DELETE ON notice_targets
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER request_events_append_only BEFORE UPDATE OR DELETE ON request_events
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER request_receipts_append_only BEFORE UPDATE OR DELETE ON request_receipts
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
-- A published notice never changes; a correction stands beside it.
CREATE FUNCTION keep_published_notice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status <> 'published' THEN
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  RAISE EXCEPTION 'notice % has been published and does not change', OLD.id
    USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER notices_keep_published BEFORE UPDATE OR DELETE ON notices
  FOR EACH ROW EXECUTE FUNCTION keep_published_notice();
--> statement-breakpoint
-- What a second person has judged stays as it was judged.
CREATE FUNCTION keep_judged_decision() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.verdict IS NOT NULL THEN
    RAISE EXCEPTION 'decision % has been judged and does not change', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
--> statement-breakpoint
CREATE TRIGGER request_decisions_keep_judged BEFORE UPDATE OR DELETE ON request_decisions
  FOR EACH ROW EXECUTE FUNCTION keep_judged_decision();
--> statement-breakpoint
-- Out of a completed deregistration leads no way (P33), and a closed account stays closed.
CREATE FUNCTION keep_completed_deregistration() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status = 'completed' THEN
    RAISE EXCEPTION 'deregistration % is completed and does not change', OLD.number USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
--> statement-breakpoint
CREATE TRIGGER deregistrations_keep_completed BEFORE UPDATE OR DELETE ON deregistrations
  FOR EACH ROW EXECUTE FUNCTION keep_completed_deregistration();
--> statement-breakpoint
CREATE FUNCTION keep_account_closed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.closed_at IS NOT NULL AND NEW.closed_at IS NULL THEN
    RAISE EXCEPTION 'account % is closed for good', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER accounts_stay_closed BEFORE UPDATE ON accounts
  FOR EACH ROW EXECUTE FUNCTION keep_account_closed();
