ALTER TABLE "policy_versions" ADD COLUMN "needs_consent" boolean DEFAULT false NOT NULL;--> statement-breakpoint
ALTER TABLE "policy_versions" ADD COLUMN "explanations" jsonb DEFAULT '{}'::jsonb NOT NULL;--> statement-breakpoint
-- What was announced stays, with why its author let the findings of its checks stay.
CREATE OR REPLACE FUNCTION keep_announced_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status IN ('draft', 'in_review') THEN
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'DELETE' OR
    (NEW.document_id, NEW.label, NEW.title_zh, NEW.title_en, NEW.changes, NEW.major_answers, NEW.is_major,
     NEW.affects_end_users, NEW.needs_consent, NEW.explanations, NEW.effective_date, NEW.author_id,
     NEW.writer_ids, NEW.content_hash, NEW.approved_by, NEW.approved_at, NEW.effective_at)
    IS DISTINCT FROM
    (OLD.document_id, OLD.label, OLD.title_zh, OLD.title_en, OLD.changes, OLD.major_answers, OLD.is_major,
     OLD.affects_end_users, OLD.needs_consent, OLD.explanations, OLD.effective_date, OLD.author_id,
     OLD.writer_ids, OLD.content_hash, OLD.approved_by, OLD.approved_at, OLD.effective_at)
  THEN
    RAISE EXCEPTION 'version % has been announced and does not change', OLD.id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
