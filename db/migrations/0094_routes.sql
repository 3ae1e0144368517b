CREATE TABLE "mail_routes" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"region" text NOT NULL,
	"route" text NOT NULL,
	"stored_in" text,
	"basis" text,
	"basis_number" text DEFAULT '' NOT NULL,
	"basis_day" date,
	"note" text DEFAULT '' NOT NULL,
	"proposed_by" uuid NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	"decision" text,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"reason" text,
	CONSTRAINT "nobody_approves_their_own_route" CHECK (decision is distinct from 'approved' or decided_by <> proposed_by),
	CONSTRAINT "routes_are_decided_by_somebody" CHECK ((decision is null) = (decided_by is null) and (decision is null) = (decided_at is null)),
	CONSTRAINT "a_route_stores_somewhere" CHECK ((route = 'inbox_only') = (stored_in is null))
);
--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "home_region" text;--> statement-breakpoint
ALTER TABLE "broadcasts" ADD COLUMN "routes" jsonb;--> statement-breakpoint
ALTER TABLE "deliveries" ADD COLUMN "route" text;--> statement-breakpoint
ALTER TABLE "mail_batches" ADD COLUMN "route" text;--> statement-breakpoint
ALTER TABLE "mail_routes" ADD CONSTRAINT "mail_routes_proposed_by_users_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "mail_routes" ADD CONSTRAINT "mail_routes_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "mail_routes_one_waiting" ON "mail_routes" USING btree ("region") WHERE decision is null;--> statement-breakpoint
CREATE INDEX "mail_routes_approved" ON "mail_routes" USING btree ("region","decided_at") WHERE decision = 'approved';
--> statement-breakpoint
-- By which way mails leave is frozen with the telling, and what two people decided stays as they decided it.
CREATE FUNCTION keep_frozen_route() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the route of % % is frozen', TG_TABLE_NAME, OLD.id USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER broadcasts_keep_routes BEFORE UPDATE ON broadcasts
  FOR EACH ROW WHEN (NEW.routes IS DISTINCT FROM OLD.routes) EXECUTE FUNCTION keep_frozen_route();
--> statement-breakpoint
CREATE TRIGGER mail_batches_keep_route BEFORE UPDATE ON mail_batches
  FOR EACH ROW WHEN (NEW.route IS DISTINCT FROM OLD.route) EXECUTE FUNCTION keep_frozen_route();
--> statement-breakpoint
CREATE TRIGGER mail_routes_keep_decided BEFORE UPDATE OR DELETE ON mail_routes
  FOR EACH ROW WHEN (OLD.decision IS NOT NULL) EXECUTE FUNCTION keep_frozen_route();
