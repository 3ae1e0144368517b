CREATE TABLE "security_alarms" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"pattern" text NOT NULL,
	"subject" text NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"count" integer NOT NULL,
	"user_id" uuid,
	"network" text,
	"raised_at" timestamp with time zone NOT NULL,
	CONSTRAINT "security_alarms_pattern_subject_since_unique" UNIQUE("pattern","subject","since")
);
--> statement-breakpoint
DROP INDEX "broadcasts_notices";--> statement-breakpoint
ALTER TABLE "security_alarms" ADD CONSTRAINT "security_alarms_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "security_alarms_raised_at_index" ON "security_alarms" USING btree ("raised_at");--> statement-breakpoint
CREATE INDEX "security_alarms_user_id_index" ON "security_alarms" USING btree ("user_id");--> statement-breakpoint
CREATE INDEX "broadcasts_notices" ON "broadcasts" USING btree ("started_at","id") WHERE kind not in ('acknowledgement_receipt', 'request_update', 'security_alarm');