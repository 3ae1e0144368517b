ALTER TABLE "request_decisions" ADD COLUMN "proposed_from" text;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "named_sdk_app_id" text;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "verified_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "verified_by" uuid;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_verified_by_users_id_fk" FOREIGN KEY ("verified_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "verified_by_somebody" CHECK ((verified_at is null) = (verified_by is null));
--> statement-breakpoint
ALTER TABLE "request_decisions" DISABLE TRIGGER request_decisions_keep_judged;
--> statement-breakpoint
UPDATE request_decisions d SET proposed_from = coalesce(
  (SELECT e.status FROM request_events e
    WHERE e.request_id = d.request_id AND e.at <= d.proposed_at AND e.status <> 'in_review'
    ORDER BY e.at DESC, e.id DESC LIMIT 1),
  'in_progress');
--> statement-breakpoint
ALTER TABLE "request_decisions" ENABLE TRIGGER request_decisions_keep_judged;
--> statement-breakpoint
ALTER TABLE "request_decisions" ALTER COLUMN "proposed_from" SET NOT NULL;
--> statement-breakpoint
-- Verified is what a person moved from the check of its materials into the work, if nothing was asked for since.
UPDATE requests r SET verified_at = v.at, verified_by = v.by_id
FROM (
  SELECT DISTINCT ON (request_id) request_id, at, by_id
  FROM (
    SELECT request_id, status, by_id, at,
      lag(status) OVER (PARTITION BY request_id ORDER BY at, id) AS before
    FROM request_events
  ) e
  WHERE status = 'in_progress' AND before IN ('verifying', 'need_more') AND by_id IS NOT NULL
  ORDER BY request_id, at DESC
) v
WHERE v.request_id = r.id
  AND r.status NOT IN ('received', 'verifying', 'need_more')
  AND NOT EXISTS (
    SELECT 1 FROM request_events l
    WHERE l.request_id = r.id AND l.at > v.at AND l.status IN ('received', 'verifying', 'need_more')
  );
--> statement-breakpoint
-- A proposal that was sent back counted as verified: such a case is checked now, before it goes on.
WITH unverified AS (
  UPDATE requests SET status = 'verifying', decision_id = NULL, revision = revision + 1
  WHERE status = 'in_progress' AND verified_at IS NULL
  RETURNING id
)
INSERT INTO request_events (request_id, status, by_id, at) SELECT id, 'verifying', NULL, now() FROM unverified;
--> statement-breakpoint
UPDATE request_decisions d SET proposed_from = 'verifying'
FROM requests r
WHERE r.id = d.request_id AND r.verified_at IS NULL AND d.verdict IS NULL AND d.proposed_from = 'in_progress';
--> statement-breakpoint
UPDATE requests SET named_sdk_app_id = substring(app_name from ' · SDKAppID ([0-9]{1,20})$')
WHERE requester_kind <> 'developer' AND app_name ~ ' · SDKAppID [0-9]{1,20}$';
--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "checked_before_verified" CHECK (status not in ('received', 'verifying', 'need_more') or verified_at is null);
--> statement-breakpoint
-- Nothing is worked on, sent on or granted before somebody found out who asks (P27). Answers given earlier stay.
CREATE FUNCTION keep_unverified_waiting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.status IN ('in_progress', 'with_developer', 'fulfilled', 'partly_fulfilled')
    AND NEW.verified_at IS NULL
    AND (TG_OP = 'INSERT' OR NEW.status <> OLD.status OR OLD.verified_at IS NOT NULL)
  THEN
    RAISE EXCEPTION 'request % is not verified', NEW.number USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER requests_keep_unverified_waiting BEFORE INSERT OR UPDATE ON requests
  FOR EACH ROW EXECUTE FUNCTION keep_unverified_waiting();
