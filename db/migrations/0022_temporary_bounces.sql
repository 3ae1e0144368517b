CREATE TABLE "suppression_lifts" (
	"suppression_id" uuid PRIMARY KEY NOT NULL,
	"address" text NOT NULL,
	"reason" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"lifted_by" uuid NOT NULL,
	"lifted_at" timestamp with time zone NOT NULL,
	"note" text NOT NULL
);
--> statement-breakpoint
DROP INDEX "deliveries_missed";--> statement-breakpoint
ALTER TABLE "suppressions" ADD COLUMN "id" uuid DEFAULT gen_random_uuid() NOT NULL;--> statement-breakpoint
ALTER TABLE "suppressions" ADD COLUMN "broadcast_id" uuid;--> statement-breakpoint
ALTER TABLE "suppressions" ADD COLUMN "detail" text;--> statement-breakpoint
ALTER TABLE "suppression_lifts" ADD CONSTRAINT "suppression_lifts_lifted_by_users_id_fk" FOREIGN KEY ("lifted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "suppression_lifts_address_index" ON "suppression_lifts" USING btree ("address");--> statement-breakpoint
ALTER TABLE "suppressions" ADD CONSTRAINT "suppressions_broadcast_id_broadcasts_id_fk" FOREIGN KEY ("broadcast_id") REFERENCES "public"."broadcasts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deliveries_missed" ON "deliveries" USING btree ("broadcast_id") WHERE channel = 'email' and status in ('bounced', 'deferred', 'suppressed', 'failed', 'unknown');--> statement-breakpoint
ALTER TABLE "suppressions" ADD CONSTRAINT "suppressions_id_unique" UNIQUE("id");--> statement-breakpoint
-- Which broadcast stopped an address is known from the mail that came back or was complained of.
UPDATE "suppressions" s SET "broadcast_id" = found."broadcast_id", "detail" = found."reason"
FROM (
  SELECT DISTINCT ON (d."address") d."address", d."broadcast_id", d."reason"
  FROM "deliveries" d JOIN "suppressions" known ON known."address" = d."address"
  WHERE d."channel" = 'email' AND d."status" IN ('bounced', 'complained') AND d."provider_id" IS NOT NULL
  ORDER BY d."address", d."settled_at"
) AS found
WHERE found."address" = s."address";
