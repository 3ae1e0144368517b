ALTER TABLE "notices" DROP CONSTRAINT "notices_incidentId_sequence_unique";--> statement-breakpoint
ALTER TABLE "policy_documents" DROP CONSTRAINT "policy_documents_slug_unique";--> statement-breakpoint
ALTER TABLE "policy_versions" DROP CONSTRAINT "policy_versions_documentId_label_unique";--> statement-breakpoint
ALTER TABLE "policy_versions" DROP CONSTRAINT "announced_versions_are_approved";--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "discarded_by" uuid;--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "discarded_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "policy_documents" ADD COLUMN "discarded_by" uuid;--> statement-breakpoint
ALTER TABLE "policy_documents" ADD COLUMN "discarded_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "policy_versions" ADD COLUMN "discarded_by" uuid;--> statement-breakpoint
ALTER TABLE "policy_versions" ADD COLUMN "discarded_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_discarded_by_users_id_fk" FOREIGN KEY ("discarded_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policy_documents" ADD CONSTRAINT "policy_documents_discarded_by_users_id_fk" FOREIGN KEY ("discarded_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policy_versions" ADD CONSTRAINT "policy_versions_discarded_by_users_id_fk" FOREIGN KEY ("discarded_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "notices_sequence" ON "notices" USING btree ("incident_id","sequence") WHERE status <> 'discarded';--> statement-breakpoint
CREATE UNIQUE INDEX "policy_documents_slug" ON "policy_documents" USING btree ("slug") WHERE discarded_at is null;--> statement-breakpoint
CREATE UNIQUE INDEX "policy_versions_label" ON "policy_versions" USING btree ("document_id","label") WHERE status <> 'discarded';--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_are_discarded_by_somebody" CHECK ((status = 'discarded') = (discarded_by is not null and discarded_at is not null));--> statement-breakpoint
ALTER TABLE "policy_documents" ADD CONSTRAINT "documents_are_discarded_by_somebody" CHECK ((discarded_by is null) = (discarded_at is null));--> statement-breakpoint
ALTER TABLE "policy_versions" ADD CONSTRAINT "versions_are_discarded_by_somebody" CHECK ((status = 'discarded') = (discarded_by is not null and discarded_at is not null));--> statement-breakpoint
ALTER TABLE "policy_versions" ADD CONSTRAINT "announced_versions_are_approved" CHECK (status in ('draft', 'in_review', 'discarded') or (approved_by is not null and content_hash is not null and effective_at is not null));
--> statement-breakpoint
-- What was judged and thrown away stays as it was, like what was published.
CREATE OR REPLACE FUNCTION keep_published_notice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status NOT IN ('published', 'discarded') THEN
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  RAISE EXCEPTION 'notice % has been published or discarded and does not change', OLD.id
    USING ERRCODE = 'restrict_violation';
END $$;
