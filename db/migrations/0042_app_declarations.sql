CREATE TABLE "app_declarations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"app_id" uuid NOT NULL,
	"topic" text NOT NULL,
	"revision" integer NOT NULL,
	"answer" jsonb NOT NULL,
	"applies" boolean NOT NULL,
	"declared_by" uuid NOT NULL,
	"declared_at" timestamp with time zone NOT NULL,
	CONSTRAINT "app_declarations_appId_topic_revision_unique" UNIQUE("app_id","topic","revision")
);
--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "declarations_put_off_until" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "app_declarations" ADD CONSTRAINT "app_declarations_app_id_apps_id_fk" FOREIGN KEY ("app_id") REFERENCES "public"."apps"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "app_declarations" ADD CONSTRAINT "app_declarations_declared_by_users_id_fk" FOREIGN KEY ("declared_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE app_declarations ADD CONSTRAINT app_declarations_whole CHECK (
  CASE topic
    WHEN 'minors' THEN answer ?& ARRAY['isOfAge', 'isForChildren']
      AND (answer @> '{"isForChildren": true}') = (answer ? 'hasGuardianConsent')
      AND applies = (answer @> '{"isForChildren": true}')
    WHEN 'eea' THEN answer ?& ARRAY['isEstablished', 'offers', 'monitors']
      AND applies = (answer @> '{"isEstablished": true}' OR answer @> '{"offers": true}' OR answer @> '{"monitors": true}')
    ELSE false
  END
);
--> statement-breakpoint
CREATE TRIGGER app_declarations_append_only BEFORE UPDATE OR DELETE ON app_declarations
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER app_declarations_no_truncate BEFORE TRUNCATE ON app_declarations
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
