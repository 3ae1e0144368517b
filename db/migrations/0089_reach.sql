CREATE TABLE "account_reach" (
	"account_id" uuid PRIMARY KEY NOT NULL,
	"score" integer NOT NULL,
	"reasons" text[] NOT NULL,
	"people" integer NOT NULL,
	"reachable" integer NOT NULL,
	"last_arrived_at" timestamp with time zone,
	"measured_at" timestamp with time zone NOT NULL,
	CONSTRAINT "scores_are_of_a_hundred" CHECK (score between 0 and 100)
);
--> statement-breakpoint
CREATE TABLE "call_tries" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"call_id" uuid NOT NULL,
	"tried_at" timestamp with time zone NOT NULL,
	"tried_by" uuid NOT NULL,
	"way" text NOT NULL,
	"result" text NOT NULL,
	"note" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "calls" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"account_id" uuid NOT NULL,
	"cause" text NOT NULL,
	"broadcast_id" uuid,
	"opened_at" timestamp with time zone NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"settled_at" timestamp with time zone,
	"settled_by" uuid,
	CONSTRAINT "calls_are_about_their_cause" CHECK ((cause = 'unopened') = (broadcast_id is not null)),
	CONSTRAINT "calls_are_settled_once_open" CHECK (settled_by is null or settled_at is not null)
);
--> statement-breakpoint
CREATE TABLE "notice_escalations" (
	"broadcast_id" uuid NOT NULL,
	"step" integer NOT NULL,
	"taken_at" timestamp with time zone NOT NULL,
	CONSTRAINT "notice_escalations_broadcast_id_step_pk" PRIMARY KEY("broadcast_id","step"),
	CONSTRAINT "there_are_two_steps" CHECK (step in (1, 2))
);
--> statement-breakpoint
ALTER TABLE "accounts" ADD COLUMN "contacts_checked_at" timestamp with time zone;--> statement-breakpoint
ALTER TABLE "account_reach" ADD CONSTRAINT "account_reach_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_tries" ADD CONSTRAINT "call_tries_call_id_calls_id_fk" FOREIGN KEY ("call_id") REFERENCES "public"."calls"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "call_tries" ADD CONSTRAINT "call_tries_tried_by_users_id_fk" FOREIGN KEY ("tried_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_account_id_accounts_id_fk" FOREIGN KEY ("account_id") REFERENCES "public"."accounts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_broadcast_id_broadcasts_id_fk" FOREIGN KEY ("broadcast_id") REFERENCES "public"."broadcasts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "calls" ADD CONSTRAINT "calls_settled_by_users_id_fk" FOREIGN KEY ("settled_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "notice_escalations" ADD CONSTRAINT "notice_escalations_broadcast_id_broadcasts_id_fk" FOREIGN KEY ("broadcast_id") REFERENCES "public"."broadcasts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "account_reach_by_score" ON "account_reach" USING btree ("score","account_id");--> statement-breakpoint
CREATE INDEX "call_tries_call_id_tried_at_index" ON "call_tries" USING btree ("call_id","tried_at");--> statement-breakpoint
CREATE UNIQUE INDEX "one_call_waits_for_a_cause" ON "calls" USING btree ("account_id","cause",coalesce(broadcast_id, '00000000-0000-0000-0000-000000000000')) WHERE settled_at is null;--> statement-breakpoint
CREATE INDEX "calls_open" ON "calls" USING btree ("due_at","id") WHERE settled_at is null;--> statement-breakpoint
CREATE INDEX "calls_settled" ON "calls" USING btree ("settled_at","id") WHERE settled_at is not null;--> statement-breakpoint
CREATE INDEX "calls_broadcast_id_account_id_index" ON "calls" USING btree ("broadcast_id","account_id");