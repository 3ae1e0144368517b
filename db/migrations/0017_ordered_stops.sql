ALTER TABLE "requests" DROP CONSTRAINT "child_data_is_stopped_at_once";--> statement-breakpoint
ALTER TABLE "request_files" ADD COLUMN "decision_id" uuid;--> statement-breakpoint
ALTER TABLE "request_files" ADD COLUMN "message_id" uuid;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "stop_ordered_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "stopped_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "stop_words" "bytea";--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "stop_confirmed_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "stop_confirmed_by" uuid;--> statement-breakpoint
ALTER TABLE "request_files" ADD CONSTRAINT "request_files_decision_id_request_decisions_id_fk" FOREIGN KEY ("decision_id") REFERENCES "public"."request_decisions"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_files" ADD CONSTRAINT "request_files_message_id_request_messages_id_fk" FOREIGN KEY ("message_id") REFERENCES "public"."request_messages"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_stop_confirmed_by_users_id_fk" FOREIGN KEY ("stop_confirmed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "request_files" ADD CONSTRAINT "files_go_with_one_thing" CHECK (num_nonnulls(draft_id, decision_id, message_id) <= 1
        and (request_id is not null or num_nonnulls(decision_id, message_id) = 0));--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "stops_are_ordered_and_confirmed_whole" CHECK (num_nulls(stopped_at, stop_words, stop_confirmed_at, stop_confirmed_by) in (0, 4)
        and (stopped_at is null or stop_ordered_at is not null)
        and (stopped_at is null or stopped_at <= stop_confirmed_at));
--> statement-breakpoint
-- What stood here was the order that came with the filing; nobody had confirmed a stop.
UPDATE requests SET stop_ordered_at = processing_stopped_at;
--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "child_data_stop_is_ordered" CHECK (type <> 'child_data' or stop_ordered_at is not null);
--> statement-breakpoint
-- What was confirmed to the requester stays so.
CREATE FUNCTION keep_confirmed_stop() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.stop_confirmed_at IS NOT NULL AND (NEW.stopped_at, NEW.stop_confirmed_at, NEW.stop_confirmed_by)
    IS DISTINCT FROM (OLD.stopped_at, OLD.stop_confirmed_at, OLD.stop_confirmed_by)
  THEN
    RAISE EXCEPTION 'the stop of request % has been confirmed and does not change', OLD.number USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER requests_keep_confirmed_stop BEFORE UPDATE ON requests
  FOR EACH ROW EXECUTE FUNCTION keep_confirmed_stop();
--> statement-breakpoint
-- Data is disposed of only where the request is about that (db/vocabulary.ts DISPOSAL_TYPES).
CREATE FUNCTION keep_disposals_called_for() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM requests r WHERE r.id = NEW.request_id
      AND r.type IN ('delete', 'child_data', 'deregister_end_user', 'withdraw_consent')
  ) THEN
    RAISE EXCEPTION 'nobody asked for data of request % to be disposed of', NEW.request_id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
CREATE TRIGGER disposals_keep_called_for BEFORE INSERT OR UPDATE ON disposals
  FOR EACH ROW EXECUTE FUNCTION keep_disposals_called_for();
