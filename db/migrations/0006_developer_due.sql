ALTER TABLE "requests" ADD COLUMN "developer_due_date" date;--> statement-breakpoint
UPDATE "requests" SET "processing_stopped_at" = now() WHERE "type" = 'child_data' AND "processing_stopped_at" IS NULL;--> statement-breakpoint
UPDATE "requests" SET "developer_due_date" = "due_date" WHERE "status" = 'with_developer';--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "child_data_is_stopped_at_once" CHECK (type <> 'child_data' or processing_stopped_at is not null);--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "developers_have_a_due_date" CHECK (status <> 'with_developer' or developer_due_date is not null);