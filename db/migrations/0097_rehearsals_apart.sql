DROP INDEX "incidents_status_created_at_id_index";--> statement-breakpoint
DROP INDEX "incidents_open";--> statement-breakpoint
CREATE INDEX "incidents_by_status" ON "incidents" USING btree ("status","created_at","id") WHERE not is_rehearsal;--> statement-breakpoint
CREATE INDEX "incidents_rehearsed" ON "incidents" USING btree ("created_at","id") WHERE is_rehearsal;--> statement-breakpoint
CREATE INDEX "incidents_open" ON "incidents" USING btree ("created_at","id") WHERE status <> 'closed' and not is_rehearsal;