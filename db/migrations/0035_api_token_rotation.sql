DROP INDEX "api_tokens_one_of_a_name";--> statement-breakpoint
ALTER TABLE "api_tokens" ADD COLUMN "replaced_by" uuid;--> statement-breakpoint
ALTER TABLE "api_tokens" ADD CONSTRAINT "api_tokens_replaced_by_api_tokens_id_fk" FOREIGN KEY ("replaced_by") REFERENCES "public"."api_tokens"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "api_tokens_one_of_a_name" ON "api_tokens" USING btree ("name") WHERE revoked_at is null and replaced_by is null;