CREATE TABLE "request_macros" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"macro_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"name" text NOT NULL,
	"text_zh" text NOT NULL,
	"text_en" text,
	"is_retired" boolean DEFAULT false NOT NULL,
	"written_by" uuid NOT NULL,
	"written_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "request_macros" ADD CONSTRAINT "request_macros_written_by_users_id_fk" FOREIGN KEY ("written_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "request_macros_number" ON "request_macros" USING btree ("macro_id","number");--> statement-breakpoint
CREATE TRIGGER request_macros_append_only BEFORE UPDATE OR DELETE ON request_macros
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
