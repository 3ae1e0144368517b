CREATE TABLE "audit_cosignatures" (
	"size" bigint NOT NULL,
	"witness" text NOT NULL,
	"line" text NOT NULL,
	"at" timestamp with time zone NOT NULL,
	CONSTRAINT "audit_cosignatures_witness_size_pk" PRIMARY KEY("witness","size")
);
--> statement-breakpoint
ALTER TABLE "audit_cosignatures" ADD CONSTRAINT "audit_cosignatures_size_audit_checkpoints_size_fk" FOREIGN KEY ("size") REFERENCES "public"."audit_checkpoints"("size") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE TRIGGER audit_cosignatures_append_only BEFORE UPDATE OR DELETE ON audit_cosignatures
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
--> statement-breakpoint
CREATE TRIGGER audit_cosignatures_no_truncate BEFORE TRUNCATE ON audit_cosignatures
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
