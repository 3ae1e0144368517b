CREATE TABLE "audit_time_stamps" (
	"size" bigint PRIMARY KEY NOT NULL,
	"authority" text NOT NULL,
	"token" "bytea" NOT NULL,
	"at" timestamp with time zone NOT NULL,
	"kept_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "audit_time_stamps" ADD CONSTRAINT "audit_time_stamps_size_audit_checkpoints_size_fk" FOREIGN KEY ("size") REFERENCES "public"."audit_checkpoints"("size") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE TRIGGER audit_time_stamps_append_only BEFORE UPDATE OR DELETE ON audit_time_stamps
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER audit_time_stamps_no_truncate BEFORE TRUNCATE ON audit_time_stamps
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
