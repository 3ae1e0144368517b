ALTER TABLE "ticket_links" ADD COLUMN "bound_to" text;--> statement-breakpoint
ALTER TABLE "ticket_links" ADD COLUMN "most_uses" integer;--> statement-breakpoint
ALTER TABLE "ticket_links" ADD COLUMN "uses" integer DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "ticket_links" ADD COLUMN "revoked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "ticket_links" ADD COLUMN "revoked_by" text;--> statement-breakpoint
ALTER TABLE "ticket_links" ADD COLUMN "leads_to" text;--> statement-breakpoint
ALTER TABLE "ticket_links" ADD CONSTRAINT "ticket_links_are_used_so_often" CHECK (most_uses is null or uses <= most_uses);--> statement-breakpoint
ALTER TABLE "ticket_links" ADD CONSTRAINT "ticket_links_are_revoked_by_somebody" CHECK ((revoked_at is null) = (revoked_by is null));