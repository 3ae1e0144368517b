CREATE TABLE "contact_cards" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"content" jsonb NOT NULL,
	"since" date NOT NULL,
	"proposed_by" uuid NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"decision" text,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"reason" text,
	CONSTRAINT "nobody_approves_their_own_card" CHECK (decision is distinct from 'approved' or decided_by <> proposed_by),
	CONSTRAINT "cards_are_decided_by_somebody" CHECK ((decision is null) = (decided_by is null) and (decision is null) = (decided_at is null))
);
--> statement-breakpoint
ALTER TABLE "contact_cards" ADD CONSTRAINT "contact_cards_proposed_by_users_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "contact_cards" ADD CONSTRAINT "contact_cards_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "contact_cards_one_waiting" ON "contact_cards" USING btree ((decision is null)) WHERE decision is null;--> statement-breakpoint
CREATE INDEX "contact_cards_approved" ON "contact_cards" USING btree ("since","decided_at") WHERE decision = 'approved';--> statement-breakpoint
-- What was decided of a contact card stays: pages and mails said it.
CREATE FUNCTION keep_decided_card() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.decision IS NOT NULL THEN
    RAISE EXCEPTION 'contact card % has been decided and does not change', OLD.id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
--> statement-breakpoint
CREATE TRIGGER contact_cards_keep_decided BEFORE UPDATE OR DELETE ON contact_cards
  FOR EACH ROW EXECUTE FUNCTION keep_decided_card();
--> statement-breakpoint
-- It stands on every public page (0044, 0059).
CREATE TRIGGER contact_cards_tell_public_change AFTER INSERT OR TRUNCATE ON contact_cards
  FOR EACH STATEMENT EXECUTE FUNCTION tell_public_change();
--> statement-breakpoint
CREATE TRIGGER contact_cards_tell_public_update AFTER UPDATE ON contact_cards
  REFERENCING NEW TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tell_public_rows();
--> statement-breakpoint
CREATE TRIGGER contact_cards_tell_public_delete AFTER DELETE ON contact_cards
  REFERENCING OLD TABLE AS changed FOR EACH STATEMENT EXECUTE FUNCTION tell_public_rows();
