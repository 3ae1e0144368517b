CREATE TABLE "audience_parts" (
	"broadcast_id" uuid NOT NULL,
	"part" integer NOT NULL,
	"people" integer NOT NULL,
	"user_ids" uuid[] NOT NULL,
	"account_ids" uuid[] NOT NULL,
	"mailed" boolean[],
	CONSTRAINT "audience_parts_broadcast_id_part_pk" PRIMARY KEY("broadcast_id","part")
);
--> statement-breakpoint
ALTER TABLE "deliveries" DROP CONSTRAINT "deliveries_broadcast_id_broadcasts_id_fk";
--> statement-breakpoint
ALTER TABLE "deliveries" DROP CONSTRAINT "deliveries_user_id_users_id_fk";
--> statement-breakpoint
ALTER TABLE "deliveries" DROP CONSTRAINT "deliveries_batch_id_mail_batches_id_fk";
--> statement-breakpoint
DROP INDEX "deliveries_account_ids_index";--> statement-breakpoint
DROP INDEX "deliveries_batch_id_index";--> statement-breakpoint
DROP INDEX "deliveries_waiting";--> statement-breakpoint
ALTER TABLE "broadcasts" ADD COLUMN "people" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "broadcasts" ADD COLUMN "prepared_at" timestamp with time zone DEFAULT now();--> statement-breakpoint
ALTER TABLE "audience_parts" ADD CONSTRAINT "audience_parts_broadcast_id_broadcasts_id_fk" FOREIGN KEY ("broadcast_id") REFERENCES "public"."broadcasts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "broadcasts_preparing" ON "broadcasts" USING btree ("started_at") WHERE prepared_at is null;--> statement-breakpoint
CREATE INDEX "deliveries_batch_id_index" ON "deliveries" USING btree ("batch_id") WHERE batch_id is not null;--> statement-breakpoint
CREATE INDEX "deliveries_waiting" ON "deliveries" USING btree ("broadcast_id","locale","user_id") WHERE channel = 'email' and status = 'queued' and batch_id is null;
--> statement-breakpoint
UPDATE broadcasts b SET prepared_at = b.started_at,
  people = (SELECT count(DISTINCT d.user_id) FROM deliveries d WHERE d.broadcast_id = b.id);
--> statement-breakpoint
-- The other half of the foreign keys that deliveries no longer have: what they name stays.
CREATE FUNCTION refuse_deletion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% are named by deliveries and are never deleted', TG_TABLE_NAME
    USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER broadcasts_stay BEFORE DELETE ON broadcasts
  FOR EACH ROW EXECUTE FUNCTION refuse_deletion();
--> statement-breakpoint
CREATE TRIGGER users_stay BEFORE DELETE ON users
  FOR EACH ROW EXECUTE FUNCTION refuse_deletion();
--> statement-breakpoint
CREATE TRIGGER mail_batches_stay BEFORE DELETE ON mail_batches
  FOR EACH ROW EXECUTE FUNCTION refuse_deletion();
