CREATE TABLE "broadcast_waves" (
	"broadcast_id" uuid PRIMARY KEY NOT NULL,
	"plan" jsonb NOT NULL,
	"first" integer NOT NULL,
	"rest" integer NOT NULL,
	"watched_from" timestamp with time zone,
	"stopped_at" timestamp with time zone,
	"stopped_for" text,
	"released_at" timestamp with time zone,
	"released_by" uuid,
	"figures" jsonb,
	CONSTRAINT "both_waves_tell_somebody" CHECK (first > 0 and rest > 0),
	CONSTRAINT "waves_stop_for_a_reason" CHECK ((stopped_at is null) = (stopped_for is null)),
	CONSTRAINT "the_rest_is_let_go_by_somebody" CHECK (released_by is null or released_at is not null),
	CONSTRAINT "decided_waves_keep_their_figures" CHECK ((stopped_at is null and released_at is null) = (figures is null))
);
--> statement-breakpoint
ALTER TABLE "notices" ADD COLUMN "waves" jsonb;--> statement-breakpoint
ALTER TABLE "broadcast_waves" ADD CONSTRAINT "broadcast_waves_broadcast_id_broadcasts_id_fk" FOREIGN KEY ("broadcast_id") REFERENCES "public"."broadcasts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "broadcast_waves" ADD CONSTRAINT "broadcast_waves_released_by_users_id_fk" FOREIGN KEY ("released_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "broadcast_waves_open" ON "broadcast_waves" USING btree ("broadcast_id") WHERE released_at is null and stopped_at is null;--> statement-breakpoint
-- Who has which wave and what stops it stay as approved; a stop, and that the rest was let go, are for good.
CREATE FUNCTION keep_waves() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'DELETE' OR
    (NEW.broadcast_id, NEW.plan, NEW.first, NEW.rest)
    IS DISTINCT FROM (OLD.broadcast_id, OLD.plan, OLD.first, OLD.rest)
    OR (OLD.stopped_at IS NOT NULL AND
      (NEW.stopped_at, NEW.stopped_for, NEW.figures)
      IS DISTINCT FROM (OLD.stopped_at, OLD.stopped_for, OLD.figures))
    OR (OLD.released_at IS NOT NULL AND
      (NEW.released_at, NEW.released_by, NEW.stopped_at, NEW.figures)
      IS DISTINCT FROM (OLD.released_at, OLD.released_by, OLD.stopped_at, OLD.figures))
  THEN
    RAISE EXCEPTION 'the waves of broadcast % are kept as they are', OLD.broadcast_id
      USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;--> statement-breakpoint
CREATE TRIGGER broadcast_waves_are_kept BEFORE UPDATE OR DELETE ON broadcast_waves
  FOR EACH ROW EXECUTE FUNCTION keep_waves();
--> statement-breakpoint
-- What is approved and waits for its moment keeps its waves as well.
CREATE OR REPLACE FUNCTION keep_published_notice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF OLD.status NOT IN ('scheduled', 'published', 'discarded') THEN
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
  END IF;
  IF OLD.status = 'scheduled' AND TG_OP = 'UPDATE' AND (
    NEW.status = 'draft' OR NEW.status = 'published' AND
    (NEW.type, NEW.parts, NEW.audience, NEW.visibility, NEW.notifies, NEW.silent_reason, NEW.waves, NEW.content_hash, NEW.approved_by, NEW.goes_out_at)
    IS NOT DISTINCT FROM
    (OLD.type, OLD.parts, OLD.audience, OLD.visibility, OLD.notifies, OLD.silent_reason, OLD.waves, OLD.content_hash, OLD.approved_by, OLD.goes_out_at)
  ) THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'notice % has been approved, published or discarded and does not change', OLD.id
    USING ERRCODE = 'restrict_violation';
END $$;
