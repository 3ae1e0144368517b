DROP INDEX "apps_account_id_index";--> statement-breakpoint
CREATE INDEX "apps_of_account" ON "apps" USING btree ("account_id",(closed_at is not null),"sdk_app_id");