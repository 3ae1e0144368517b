CREATE TABLE "withdrawals" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"subject_type" text NOT NULL,
	"subject_id" uuid NOT NULL,
	"reason" text NOT NULL,
	"proposed_by" uuid,
	"proposed_at" timestamp with time zone NOT NULL,
	"decision" text,
	"decided_by" uuid,
	"decided_at" timestamp with time zone,
	"decision_reason" text,
	"broadcast_id" uuid,
	CONSTRAINT "nobody_approves_their_own_withdrawal" CHECK (decision is distinct from 'approved' or proposed_by is distinct from decided_by),
	CONSTRAINT "decided_withdrawals_say_when" CHECK ((decision is null) = (decided_at is null))
);
--> statement-breakpoint
ALTER TABLE "withdrawals" ADD CONSTRAINT "withdrawals_proposed_by_users_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "withdrawals" ADD CONSTRAINT "withdrawals_decided_by_users_id_fk" FOREIGN KEY ("decided_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "withdrawals" ADD CONSTRAINT "withdrawals_broadcast_id_broadcasts_id_fk" FOREIGN KEY ("broadcast_id") REFERENCES "public"."broadcasts"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "withdrawals_subject_id_index" ON "withdrawals" USING btree ("subject_id");--> statement-breakpoint
CREATE UNIQUE INDEX "withdrawals_one_open" ON "withdrawals" USING btree ("subject_id") WHERE decision is null;--> statement-breakpoint
CREATE UNIQUE INDEX "withdrawals_one_approved" ON "withdrawals" USING btree ("subject_id") WHERE decision = 'approved';--> statement-breakpoint
-- What was withdrawn before a second person was asked: nobody was told of it, but its messages say so now.
INSERT INTO withdrawals (id, subject_type, subject_id, reason, proposed_at, decision, decided_at, decided_by)
SELECT gen_random_uuid(), 'version', v.id, v.withdrawal_reason, v.withdrawn_at, 'approved', v.withdrawn_at,
  (SELECT u.id FROM audit_entries e JOIN users u ON u.id::text = e.actor_id
   WHERE e.action = 'version.withdrawn' AND e.subject_id = v.id::text LIMIT 1)
FROM policy_versions v WHERE v.status = 'withdrawn';
