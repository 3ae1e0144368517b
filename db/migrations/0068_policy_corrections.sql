CREATE TABLE "policy_corrections" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"version_id" uuid NOT NULL,
	"locale" text NOT NULL,
	"body" text NOT NULL,
	"reason" text NOT NULL,
	"hash_before" text NOT NULL,
	"content_hash" text NOT NULL,
	"proposed_by" uuid NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"decision" text,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"decided_name" text,
	"refusal" text,
	CONSTRAINT "nobody_approves_their_own_correction" CHECK (decision is distinct from 'approved' or decided_by <> proposed_by),
	CONSTRAINT "corrections_are_decided_by_somebody" CHECK ((decision is null) = (decided_by is null) and (decision is null) = (decided_at is null) and (decision is null) = (decided_name is null))
);
--> statement-breakpoint
ALTER TABLE "policy_corrections" ADD CONSTRAINT "policy_corrections_version_id_policy_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."policy_versions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policy_corrections" ADD CONSTRAINT "policy_corrections_proposed_by_users_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "policy_corrections" ADD CONSTRAINT "policy_corrections_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "policy_corrections_one_waiting" ON "policy_corrections" USING btree ("version_id") WHERE decision is null;--> statement-breakpoint
CREATE INDEX "policy_corrections_approved" ON "policy_corrections" USING btree ("version_id","locale","decided_at") WHERE decision = 'approved';--> statement-breakpoint
-- What a correction says stays as it was proposed, and what was decided of it as it was decided.
CREATE FUNCTION keep_correction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR OLD.decision IS NOT NULL
    OR (NEW.version_id, NEW.locale, NEW.body, NEW.reason, NEW.hash_before, NEW.content_hash, NEW.proposed_by, NEW.proposed_at)
      IS DISTINCT FROM
      (OLD.version_id, OLD.locale, OLD.body, OLD.reason, OLD.hash_before, OLD.content_hash, OLD.proposed_by, OLD.proposed_at)
  THEN
    RAISE EXCEPTION 'correction % does not change', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER policy_corrections_keep BEFORE UPDATE OR DELETE ON policy_corrections
  FOR EACH ROW EXECUTE FUNCTION keep_correction();
--> statement-breakpoint
-- They stand on public pages (0044, 0059).
CREATE TRIGGER policy_corrections_tell_public_change AFTER INSERT OR TRUNCATE ON policy_corrections
  FOR EACH STATEMENT EXECUTE FUNCTION tell_public_change();
--> statement-breakpoint
CREATE TRIGGER policy_corrections_tell_public_update AFTER UPDATE ON policy_corrections
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tell_public_rows();
--> statement-breakpoint
CREATE TRIGGER policy_corrections_tell_public_delete AFTER DELETE ON policy_corrections
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tell_public_rows();
