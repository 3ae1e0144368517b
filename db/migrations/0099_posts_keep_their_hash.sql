ALTER TABLE "dispatches" ADD COLUMN "body_hash" text;--> statement-breakpoint
ALTER TABLE "dispatches" ADD CONSTRAINT "dispatches_keep_what_left" CHECK (body_hash is null or body is null or body_hash = encode(sha256(convert_to(body, 'UTF8')), 'hex')) NOT VALID;
