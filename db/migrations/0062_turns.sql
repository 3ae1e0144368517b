-- lock: one row is a hundred mails; the rows of a hundred million mails are in the index within two seconds.
CREATE INDEX "mail_batches_turns" ON "mail_batches" USING btree ("broadcast_id","locale","frozen_at");--> statement-breakpoint
DROP INDEX "mail_batches_broadcast_id_index";--> statement-breakpoint
-- Where deliveries are many millions, make it before, CONCURRENTLY: nobody writes to them while it is made here.
CREATE INDEX IF NOT EXISTS "deliveries_queued" ON "deliveries" USING btree ("broadcast_id","locale","user_id") WHERE status = 'queued' and batch_id is null;--> statement-breakpoint
DROP INDEX "deliveries_waiting";
