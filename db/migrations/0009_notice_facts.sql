ALTER TABLE "notices" DROP CONSTRAINT "published_notices_are_approved";--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "facts" jsonb;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "published_notices_are_approved" CHECK (status <> 'published' or (approved_by is not null and content_hash is not null and published_at is not null and facts is not null));