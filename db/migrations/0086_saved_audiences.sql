CREATE TABLE "saved_audience_versions" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"audience_id" uuid NOT NULL,
	"number" integer NOT NULL,
	"rule" jsonb NOT NULL,
	"written_by" uuid NOT NULL,
	"written_at" timestamp with time zone NOT NULL,
	CONSTRAINT "saved_audiences_are_decided" CHECK (not (rule ? 'undecided'))
);
--> statement-breakpoint
CREATE TABLE "saved_audiences" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"product_id" uuid NOT NULL,
	"name" text NOT NULL,
	"created_at" timestamp with time zone NOT NULL,
	"retired_at" timestamp with time zone,
	"looked_at" timestamp with time zone NOT NULL,
	"looked_by" uuid NOT NULL,
	"looked_apps" uuid[] NOT NULL
);
--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "audience_version_id" uuid;--> statement-breakpoint
ALTER TABLE "saved_audience_versions" ADD CONSTRAINT "saved_audience_versions_audience_id_saved_audiences_id_fk" FOREIGN KEY ("audience_id") REFERENCES "public"."saved_audiences"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_audience_versions" ADD CONSTRAINT "saved_audience_versions_written_by_users_id_fk" FOREIGN KEY ("written_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_audiences" ADD CONSTRAINT "saved_audiences_product_id_products_id_fk" FOREIGN KEY ("product_id") REFERENCES "public"."products"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "saved_audiences" ADD CONSTRAINT "saved_audiences_looked_by_users_id_fk" FOREIGN KEY ("looked_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "saved_audience_versions_number" ON "saved_audience_versions" USING btree ("audience_id","number");--> statement-breakpoint
CREATE UNIQUE INDEX "saved_audiences_one_of_a_name" ON "saved_audiences" USING btree ("product_id","name") WHERE retired_at is null;--> statement-breakpoint
ALTER TABLE "notices" ADD CONSTRAINT "notices_audience_version_id_saved_audience_versions_id_fk" FOREIGN KEY ("audience_version_id") REFERENCES "public"."saved_audience_versions"("id") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
CREATE TRIGGER saved_audience_versions_append_only BEFORE UPDATE OR DELETE ON saved_audience_versions
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
