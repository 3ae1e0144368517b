CREATE TABLE "former_addresses" (
	"user_id" uuid NOT NULL,
	"address" text NOT NULL,
	"changed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "former_addresses_address_user_id_pk" PRIMARY KEY("address","user_id")
);
--> statement-breakpoint
ALTER TABLE "former_addresses" ADD CONSTRAINT "former_addresses_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "former_addresses_user_id_index" ON "former_addresses" USING btree ("user_id");--> statement-breakpoint
-- Addresses that were left before they were kept: the mails that went to them know them.
INSERT INTO "former_addresses" ("user_id", "address", "changed_at")
SELECT u."id", d."address", min(e."at")
FROM "audit_entries" e
JOIN "users" u ON u."id"::text = e."after" ->> 'userId' AND u."erased_at" IS NULL
JOIN "deliveries" d ON d."user_id" = u."id" AND d."address" IS NOT NULL AND d."created_at" < e."at"
WHERE e."action" = 'member.address_changed' AND d."address" <> u."email"
GROUP BY u."id", d."address";
