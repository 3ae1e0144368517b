CREATE TABLE "notice_submissions" (
	"notice_id" uuid PRIMARY KEY NOT NULL,
	"app_ids" uuid[] NOT NULL
);
--> statement-breakpoint
ALTER TABLE "incidents" ADD COLUMN "writer_ids" uuid[] NOT NULL;--> statement-breakpoint
ALTER TABLE "notice_submissions" ADD CONSTRAINT "notice_submissions_notice_id_notices_id_fk" FOREIGN KEY ("notice_id") REFERENCES "public"."notices"("id") ON DELETE no action ON UPDATE no action;