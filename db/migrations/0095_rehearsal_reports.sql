CREATE TABLE "rehearsal_reports" (
	"incident_id" uuid PRIMARY KEY NOT NULL,
	"report" jsonb NOT NULL,
	"kept_at" timestamp with time zone NOT NULL,
	"kept_by" uuid NOT NULL
);
--> statement-breakpoint
ALTER TABLE "rehearsal_reports" ADD CONSTRAINT "rehearsal_reports_incident_id_incidents_id_fk" FOREIGN KEY ("incident_id") REFERENCES "public"."incidents"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "rehearsal_reports" ADD CONSTRAINT "rehearsal_reports_kept_by_users_id_fk" FOREIGN KEY ("kept_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE TRIGGER rehearsal_reports_append_only BEFORE UPDATE OR DELETE ON "rehearsal_reports"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
