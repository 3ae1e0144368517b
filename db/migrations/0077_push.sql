ALTER TABLE "endpoints" ALTER COLUMN "account_id" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "endpoints" ADD COLUMN "user_id" uuid;--> statement-breakpoint
ALTER TABLE "endpoints" ADD CONSTRAINT "endpoints_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "endpoints_browsers" ON "endpoints" USING btree ("address_hash") WHERE user_id is not null and ended_at is null;--> statement-breakpoint
CREATE INDEX "endpoints_of_people" ON "endpoints" USING btree ("user_id") WHERE user_id is not null;--> statement-breakpoint
ALTER TABLE "endpoints" ADD CONSTRAINT "endpoints_have_one_owner" CHECK ((account_id is null) = (channel = 'push') and (user_id is null) <> (account_id is null));