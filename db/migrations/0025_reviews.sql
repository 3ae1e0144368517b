CREATE TABLE "reviews" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"version_id" uuid GENERATED ALWAYS AS (case when subject_type = 'version' then subject_id end) STORED,
	"notice_id" uuid GENERATED ALWAYS AS (case when subject_type = 'notice' then subject_id end) STORED,
	"content_hash" text NOT NULL,
	"judged" jsonb,
	"writer_ids" uuid[] NOT NULL,
	"reviewer_id" uuid NOT NULL,
	"decision" text NOT NULL,
	"reason" text,
	"decided_at" timestamp with time zone NOT NULL,
	CONSTRAINT "nobody_reviews_their_own_work" CHECK (reviewer_id <> all (writer_ids)),
	CONSTRAINT "rejections_have_a_reason" CHECK (decision = 'approved' or coalesce(trim(reason), '') <> '')
);
--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_version_id_policy_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."policy_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_notice_id_notices_id_fk" FOREIGN KEY ("notice_id") REFERENCES "public"."notices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "reviews" ADD CONSTRAINT "reviews_reviewer_id_users_id_fk" FOREIGN KEY ("reviewer_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "reviews_subject_id_decided_at_index" ON "reviews" USING btree ("subject_id","decided_at");
--> statement-breakpoint
INSERT INTO reviews (id, subject_type, subject_id, content_hash, judged, writer_ids, reviewer_id, decision, reason, decided_at)
SELECT id, 'version', version_id, content_hash, null::jsonb, writer_ids, reviewer_id, decision, reason, decided_at FROM policy_reviews
UNION ALL
SELECT id, 'notice', notice_id, content_hash, judged, writer_ids, reviewer_id, decision, reason, decided_at FROM notice_reviews;
--> statement-breakpoint
DROP TABLE "notice_reviews";--> statement-breakpoint
DROP TABLE "policy_reviews";--> statement-breakpoint
CREATE TRIGGER reviews_append_only BEFORE UPDATE OR DELETE ON reviews
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER reviews_no_truncate BEFORE TRUNCATE ON reviews
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
