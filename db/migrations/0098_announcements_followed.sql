ALTER TABLE "notices" ADD COLUMN "follows_id" uuid;--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "follow_kind" text;--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "goes_out_zone" text;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_follows_id_notices_id_fk" FOREIGN KEY ("follows_id") REFERENCES "public"."notices"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "notices_following" ON "notices" USING btree ("follows_id","sequence") WHERE status <> 'discarded';--> statement-breakpoint
CREATE UNIQUE INDEX "announcements_end_once" ON "notices" USING btree ("follows_id") WHERE follow_kind = 'end' and status = 'published';--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "announcements_are_followed_at_once" CHECK ((follows_id is null) = (follow_kind is null) and (follows_id is null or (type = 'announcement' and goes_out_at is null and waves is null and follows_id <> id)));