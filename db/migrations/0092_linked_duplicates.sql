ALTER TABLE "requests" ADD COLUMN "duplicate_of" uuid;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_duplicate_of_requests_id_fk" FOREIGN KEY ("duplicate_of") REFERENCES "public"."requests"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
-- No case has one when it is made.
CREATE INDEX IF NOT EXISTS "requests_duplicate_of_index" ON "requests" USING btree ("duplicate_of") WHERE duplicate_of is not null;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "no_case_repeats_itself" CHECK (duplicate_of <> id);