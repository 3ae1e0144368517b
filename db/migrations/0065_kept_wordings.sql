CREATE TABLE "draft_states" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"version_id" uuid GENERATED ALWAYS AS (case when subject_type = 'version' then subject_id end) STORED,
	"notice_id" uuid GENERATED ALWAYS AS (case when subject_type = 'notice' then subject_id end) STORED,
	"kind" text NOT NULL,
	"revision" integer NOT NULL,
	"content" jsonb NOT NULL,
	"user_id" uuid NOT NULL,
	"at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "draft_visits" (
	"subject_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"seen_at" timestamp with time zone NOT NULL,
	"is_typing" boolean NOT NULL,
	CONSTRAINT "draft_visits_subject_id_user_id_pk" PRIMARY KEY("subject_id","user_id")
);
--> statement-breakpoint
ALTER TABLE "draft_states" ADD CONSTRAINT "draft_states_version_id_policy_versions_id_fk" FOREIGN KEY ("version_id") REFERENCES "public"."policy_versions"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_states" ADD CONSTRAINT "draft_states_notice_id_notices_id_fk" FOREIGN KEY ("notice_id") REFERENCES "public"."notices"("id") ON DELETE cascade ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_states" ADD CONSTRAINT "draft_states_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "draft_visits" ADD CONSTRAINT "draft_visits_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "draft_states_subject_id_at_id_index" ON "draft_states" USING btree ("subject_id","at","id");--> statement-breakpoint
CREATE INDEX "draft_states_version_id_index" ON "draft_states" USING btree ("version_id");--> statement-breakpoint
CREATE INDEX "draft_states_notice_id_index" ON "draft_states" USING btree ("notice_id");--> statement-breakpoint
CREATE UNIQUE INDEX "draft_states_saved" ON "draft_states" USING btree ("subject_id","revision") WHERE kind = 'saved';--> statement-breakpoint
CREATE UNIQUE INDEX "draft_states_typed" ON "draft_states" USING btree ("subject_id","user_id","revision") WHERE kind = 'typed';--> statement-breakpoint
CREATE INDEX "draft_visits_seen_at_index" ON "draft_visits" USING btree ("seen_at");