DROP INDEX "audit_entries_actor_id_index";--> statement-breakpoint
DROP INDEX "audit_entries_action_index";--> statement-breakpoint
DROP INDEX "broadcasts_started_at_index";--> statement-breakpoint
DROP INDEX "deliveries_open";--> statement-breakpoint
DROP INDEX "deliveries_missed";--> statement-breakpoint
DROP INDEX "deregistrations_requested_at_index";--> statement-breakpoint
DROP INDEX "incidents_created_at_index";--> statement-breakpoint
DROP INDEX "ticket_links_ticket_number_index";--> statement-breakpoint
DROP INDEX "ticket_links_created_at_index";--> statement-breakpoint
DROP INDEX "deliveries_inbox";--> statement-breakpoint
DROP INDEX "unreached_accounts_open";--> statement-breakpoint
CREATE INDEX "audit_entries_subject_id_index" ON "audit_entries" USING btree ("subject_id");--> statement-breakpoint
CREATE INDEX "audit_entries_actor_id_seq_index" ON "audit_entries" USING btree ("actor_id","seq");--> statement-breakpoint
CREATE INDEX "audit_entries_action_seq_index" ON "audit_entries" USING btree ("action","seq");--> statement-breakpoint
CREATE INDEX "audit_entries_at_index" ON "audit_entries" USING btree ("at");--> statement-breakpoint
CREATE INDEX "audit_entries_account" ON "audit_entries" USING btree (("after" ->> 'accountId'));--> statement-breakpoint
CREATE INDEX "audit_entries_import" ON "audit_entries" USING btree (("after" ->> 'importId'));--> statement-breakpoint
CREATE INDEX "broadcasts_started_at_id_index" ON "broadcasts" USING btree ("started_at","id");--> statement-breakpoint
CREATE INDEX "broadcasts_kind_started_at_id_index" ON "broadcasts" USING btree ("kind","started_at","id");--> statement-breakpoint
CREATE INDEX "broadcasts_notices" ON "broadcasts" USING btree ("started_at","id") WHERE kind not in ('acknowledgement_receipt', 'request_update');--> statement-breakpoint
CREATE INDEX "broadcasts_public" ON "broadcasts" USING btree ("started_at","id") WHERE is_public;--> statement-breakpoint
CREATE INDEX "deliveries_account_ids_index" ON "deliveries" USING gin ("account_ids");--> statement-breakpoint
CREATE INDEX "deliveries_mails" ON "deliveries" USING btree ("broadcast_id","status","user_id") WHERE channel = 'email';--> statement-breakpoint
CREATE INDEX "suppressions_since_id_index" ON "suppressions" USING btree ("since","id");--> statement-breakpoint
CREATE INDEX "unreached_accounts_settled" ON "unreached_accounts" USING btree ("settled_at","broadcast_id","account_id") WHERE settled_at is not null;--> statement-breakpoint
CREATE INDEX "deregistrations_requested_at_number_index" ON "deregistrations" USING btree ("requested_at","number");--> statement-breakpoint
CREATE INDEX "deregistrations_status_requested_at_number_index" ON "deregistrations" USING btree ("status","requested_at","number");--> statement-breakpoint
CREATE INDEX "incidents_created_at_id_index" ON "incidents" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "incidents_status_created_at_id_index" ON "incidents" USING btree ("status","created_at","id");--> statement-breakpoint
CREATE INDEX "incidents_open" ON "incidents" USING btree ("created_at","id") WHERE status <> 'closed';--> statement-breakpoint
CREATE INDEX "notices_silent" ON "notices" USING btree ("published_at","id") WHERE type = 'announcement' and broadcast_id is null;--> statement-breakpoint
CREATE INDEX "notices_announcements" ON "notices" USING btree ("created_at","id") WHERE incident_id is null;--> statement-breakpoint
CREATE INDEX "requests_handler_id_index" ON "requests" USING btree ("handler_id");--> statement-breakpoint
CREATE INDEX "requests_status_due_date_index" ON "requests" USING btree ("status","due_date");--> statement-breakpoint
CREATE INDEX "requests_urgent" ON "requests" USING btree (("type" <> 'child_data'),"due_date","number");--> statement-breakpoint
CREATE INDEX "ticket_links_ticket_number_created_at_id_index" ON "ticket_links" USING btree ("ticket_number","created_at","id");--> statement-breakpoint
CREATE INDEX "ticket_links_created_at_id_index" ON "ticket_links" USING btree ("created_at","id");--> statement-breakpoint
CREATE INDEX "deliveries_inbox" ON "deliveries" USING btree ("user_id","created_at","id") WHERE channel = 'inbox';--> statement-breakpoint
CREATE INDEX "unreached_accounts_open" ON "unreached_accounts" USING btree ("found_at","broadcast_id","account_id") WHERE settled_at is null;