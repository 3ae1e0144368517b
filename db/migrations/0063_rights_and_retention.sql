CREATE TABLE "retention_holds" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"kind" text NOT NULL,
	"request_number" text,
	"reason" text NOT NULL,
	"words" text NOT NULL,
	"placed_by" uuid NOT NULL,
	"placed_at" timestamp with time zone NOT NULL,
	"lifted_by" uuid,
	"lifted_at" timestamp with time zone,
	CONSTRAINT "lifted_by_somebody" CHECK ((lifted_at is null) = (lifted_by is null)),
	CONSTRAINT "holds_say_why" CHECK (length(trim(words)) > 0)
);
--> statement-breakpoint
ALTER TABLE "request_decisions" ADD COLUMN "bases" text[] DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE "request_events" ADD COLUMN "due_date" date;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "details" "bytea";--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "region" text;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "extended_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "extended_by" uuid;--> statement-breakpoint
ALTER TABLE "requests" ADD COLUMN "texts_erased_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "retention_holds" ADD CONSTRAINT "retention_holds_placed_by_users_id_fk" FOREIGN KEY ("placed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "retention_holds" ADD CONSTRAINT "retention_holds_lifted_by_users_id_fk" FOREIGN KEY ("lifted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "retention_holds_kind_index" ON "retention_holds" USING btree ("kind") WHERE lifted_at is null;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "requests_extended_by_users_id_fk" FOREIGN KEY ("extended_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "requests" ADD CONSTRAINT "extended_by_somebody" CHECK ((extended_at is null) = (extended_by is null));