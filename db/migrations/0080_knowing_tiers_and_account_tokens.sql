ALTER TABLE "deliveries" ADD COLUMN "known_at" timestamp with time zone;--> statement-breakpoint
-- Of many million rows none is in it when it is made; where they are that many, make it before, CONCURRENTLY.
CREATE INDEX IF NOT EXISTS "deliveries_known" ON "deliveries" USING btree ("broadcast_id") WHERE known_at is not null;--> statement-breakpoint
-- That somebody said they know of it stays as they said it, and is said of the in-site message alone.
CREATE FUNCTION keep_known() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.known_at IS NOT NULL OR NEW.channel <> 'inbox' THEN
    RAISE EXCEPTION 'known_at of delivery % is kept as it is', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER deliveries_keep_known BEFORE UPDATE OF known_at ON deliveries
  FOR EACH ROW WHEN (NEW.known_at IS DISTINCT FROM OLD.known_at) EXECUTE FUNCTION keep_known();
--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "tier" text;--> statement-breakpoint
-- No account has one when it is made.
CREATE INDEX IF NOT EXISTS "accounts_tier" ON "accounts" USING btree ("tier") WHERE tier is not null;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "account_id" uuid;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "app_id" uuid;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_app_id_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- Names are one account's own; of the vendor's systems they are unique as before.
CREATE UNIQUE INDEX "api_tokens_one_name_each" ON "api_tokens" USING btree (coalesce(account_id::text, ''),"name") WHERE revoked_at is null and replaced_by is null;--> statement-breakpoint
DROP INDEX "api_tokens_one_of_a_name";--> statement-breakpoint
CREATE INDEX "api_tokens_of_accounts" ON "api_tokens" USING btree ("account_id","created_at") WHERE account_id is not null;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "tokens_of_accounts_open_the_gate_alone" CHECK (account_id is null and app_id is null or account_id is not null and scopes = '{compliance_read}');
