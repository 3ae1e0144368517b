CREATE TABLE "audit_checkpoints" (
	"size" bigint PRIMARY KEY NOT NULL,
	"key_id" text NOT NULL,
	"note" text NOT NULL,
	"sealed_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_checks" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"checked_at" timestamp with time zone NOT NULL,
	"entries" bigint NOT NULL,
	"fault" jsonb
);
--> statement-breakpoint
CREATE TABLE "audit_erasures" (
	"seq" bigint PRIMARY KEY NOT NULL,
	"erasure_id" uuid NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_keys" (
	"id" text PRIMARY KEY NOT NULL,
	"name" text NOT NULL,
	"public_key" "bytea" NOT NULL,
	"begun_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_leaves" (
	"place" bigint PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"who_salt" "bytea" NOT NULL,
	"what_salt" "bytea",
	"what" "bytea" NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "audit_leaves_seq_unique" UNIQUE("seq")
);
--> statement-breakpoint
CREATE TABLE "audit_queue" (
	"seq" bigint PRIMARY KEY NOT NULL
);
--> statement-breakpoint
CREATE TABLE "audit_tiles" (
	"level" integer NOT NULL,
	"place" bigint NOT NULL,
	"hash" "bytea" NOT NULL,
	CONSTRAINT "audit_tiles_level_place_pk" PRIMARY KEY("level","place")
);
--> statement-breakpoint
ALTER TABLE "audit_checkpoints" ADD CONSTRAINT "audit_checkpoints_key_id_audit_keys_id_fk" FOREIGN KEY ("key_id") REFERENCES "public"."audit_keys"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "audit_checks_checked_at_index" ON "audit_checks" USING btree ("checked_at");--> statement-breakpoint
CREATE INDEX "audit_erasures_erasure_id_index" ON "audit_erasures" USING btree ("erasure_id");--> statement-breakpoint
-- Every entry waits for its leaf, whoever writes it; the transaction of a verb takes no lock for it.
CREATE FUNCTION queue_audit_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  INSERT INTO audit_queue SELECT seq FROM added;
  RETURN NULL;
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_entries_queue AFTER INSERT ON audit_entries
  REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION queue_audit_entries();
--> statement-breakpoint
INSERT INTO audit_queue SELECT seq FROM audit_entries;
--> statement-breakpoint
-- An entry keeps everything for ever; only what an erasure names loses its snapshots.
CREATE FUNCTION keep_audit_entry() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.before IS NULL AND NEW.after IS NULL
    AND (NEW.seq, NEW.at, NEW.action, NEW.actor_kind, NEW.actor_id, NEW.subject_type, NEW.subject_id)
      = (OLD.seq, OLD.at, OLD.action, OLD.actor_kind, OLD.actor_id, OLD.subject_type, OLD.subject_id)
    AND EXISTS (SELECT FROM audit_erasures e WHERE e.seq = OLD.seq)
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'audit_entries is append-only' USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
DROP TRIGGER audit_entries_append_only ON audit_entries;
--> statement-breakpoint
CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE ON audit_entries
  FOR EACH ROW EXECUTE FUNCTION keep_audit_entry();
--> statement-breakpoint
-- A leaf likewise: only the salt of what was erased goes.
CREATE FUNCTION keep_audit_leaf() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.what_salt IS NULL
    AND (NEW.place, NEW.seq, NEW.who_salt, NEW.what, NEW.hash)
      = (OLD.place, OLD.seq, OLD.who_salt, OLD.what, OLD.hash)
    AND EXISTS (SELECT FROM audit_erasures e WHERE e.seq = OLD.seq)
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'audit_leaves is append-only' USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER audit_leaves_append_only BEFORE UPDATE OR DELETE ON audit_leaves
  FOR EACH ROW EXECUTE FUNCTION keep_audit_leaf();
--> statement-breakpoint
DO $$
DECLARE kept text;
BEGIN
  FOREACH kept IN ARRAY ARRAY['audit_tiles', 'audit_keys', 'audit_checkpoints', 'audit_erasures'] LOOP
    EXECUTE format(
      'CREATE TRIGGER %I BEFORE UPDATE OR DELETE ON %I FOR EACH ROW EXECUTE FUNCTION refuse_change()',
      kept || '_append_only', kept);
  END LOOP;
  FOREACH kept IN ARRAY ARRAY['audit_leaves', 'audit_tiles', 'audit_keys', 'audit_checkpoints', 'audit_erasures'] LOOP
    EXECUTE format(
      'CREATE TRIGGER %I BEFORE TRUNCATE ON %I FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()',
      kept || '_no_truncate', kept);
  END LOOP;
END $$;
