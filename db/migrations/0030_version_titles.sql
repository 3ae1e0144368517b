ALTER TABLE "policy_versions" DROP CONSTRAINT "announced_versions_are_approved";--> statement-breakpoint
ALTER TABLE "policy_documents" ADD COLUMN "former_titles" jsonb DEFAULT '[]'::jsonb NOT NULL;--> statement-breakpoint
ALTER TABLE "policy_versions" ADD COLUMN "title_zh" text;--> statement-breakpoint
ALTER TABLE "policy_versions" ADD COLUMN "title_en" text;--> statement-breakpoint
-- What was announced names the title of its day; of a version that told nobody the title of today is all there is.
UPDATE policy_versions v SET
  title_zh = coalesce(b.facts #>> '{documentTitle,zh-CN}', d.title_zh),
  title_en = coalesce(b.facts #>> '{documentTitle,en}', d.title_en)
FROM policy_documents d, policy_versions o
LEFT JOIN broadcasts b ON b.subject_id = o.id AND b.kind = 'policy_change'
WHERE o.id = v.id AND d.id = v.document_id AND v.approved_by IS NOT NULL;
--> statement-breakpoint
ALTER TABLE "policy_versions" ADD CONSTRAINT "announced_versions_are_approved" CHECK (status in ('draft', 'in_review', 'discarded') or (approved_by is not null and content_hash is not null and effective_at is not null and title_zh is not null and title_en is not null));--> statement-breakpoint
-- Renamings of what readers could already see, as the record holds them.
UPDATE policy_documents d SET former_titles = found.titles FROM (
  SELECT e.subject_id, jsonb_agg(jsonb_build_object(
    'zh-CN', e.before ->> 'titleZh', 'en', e.before ->> 'titleEn',
    'until', to_char(e.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY e.seq) AS titles
  FROM audit_entries e
  WHERE e.action = 'document.renamed' AND EXISTS (
    SELECT 1 FROM policy_versions v WHERE v.document_id::text = e.subject_id AND v.approved_at <= e.at)
  GROUP BY e.subject_id
) found WHERE found.subject_id = d.id::text;
--> statement-breakpoint
-- What was announced stays: after approval only the status and its moments may move.
CREATE OR REPLACE FUNCTION keep_announced_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status IN ('draft', 'in_review') THEN
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF TG_OP = 'DELETE' OR
    (NEW.document_id, NEW.label, NEW.title_zh, NEW.title_en, NEW.changes, NEW.major_answers, NEW.is_major,
     NEW.affects_end_users, NEW.effective_date, NEW.author_id, NEW.writer_ids, NEW.content_hash,
     NEW.approved_by, NEW.approved_at, NEW.effective_at)
    IS DISTINCT FROM
    (OLD.document_id, OLD.label, OLD.title_zh, OLD.title_en, OLD.changes, OLD.major_answers, OLD.is_major,
     OLD.affects_end_users, OLD.effective_date, OLD.author_id, OLD.writer_ids, OLD.content_hash,
     OLD.approved_by, OLD.approved_at, OLD.effective_at)
  THEN
    RAISE EXCEPTION 'version % has been announced and does not change', OLD.id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
