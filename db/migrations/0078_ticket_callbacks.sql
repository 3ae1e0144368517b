ALTER TABLE "endpoints" DROP CONSTRAINT "endpoints_have_one_owner";--> statement-breakpoint
ALTER TABLE "dispatches" ADD COLUMN "request_event_id" uuid;--> statement-breakpoint
ALTER TABLE "dispatches" ADD CONSTRAINT "dispatches_request_event_id_request_events_id_fk" FOREIGN KEY ("request_event_id") REFERENCES "public"."request_events"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "endpoints_one_ticket_system" ON "endpoints" USING btree ("channel") WHERE account_id is null and user_id is null and ended_at is null;--> statement-breakpoint
ALTER TABLE "dispatches" ADD CONSTRAINT "dispatches_requestEventId_endpointId_unique" UNIQUE("request_event_id","endpoint_id");--> statement-breakpoint
ALTER TABLE "dispatches" ADD CONSTRAINT "dispatches_say_one_thing" CHECK (broadcast_id is null or request_event_id is null);--> statement-breakpoint
ALTER TABLE "endpoints" ADD CONSTRAINT "endpoints_have_an_owner" CHECK (case channel when 'push' then account_id is null and user_id is not null
        else user_id is null and (account_id is not null or channel = 'webhook') end);