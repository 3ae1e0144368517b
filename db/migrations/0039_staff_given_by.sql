CREATE TABLE "admin_proposals" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"proposed_by" uuid NOT NULL,
	"proposed_at" timestamp with time zone NOT NULL,
	CONSTRAINT "admin_proposals_of_another" CHECK (proposed_by <> user_id)
);
--> statement-breakpoint
DROP INDEX "broadcasts_notices";--> statement-breakpoint
ALTER TABLE "staff_roles" ADD COLUMN "granted_by" uuid;--> statement-breakpoint
ALTER TABLE "staff_roles" ADD COLUMN "confirmed_by" uuid;--> statement-breakpoint
ALTER TABLE "admin_proposals" ADD CONSTRAINT "admin_proposals_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "admin_proposals" ADD CONSTRAINT "admin_proposals_proposed_by_users_id_fk" FOREIGN KEY ("proposed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_roles" ADD CONSTRAINT "staff_roles_granted_by_users_id_fk" FOREIGN KEY ("granted_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "staff_roles" ADD CONSTRAINT "staff_roles_confirmed_by_users_id_fk" FOREIGN KEY ("confirmed_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "broadcasts_notices" ON "broadcasts" USING btree ("started_at","id") WHERE kind not in ('acknowledgement_receipt', 'request_update', 'security_alarm', 'access_update');--> statement-breakpoint
ALTER TABLE "staff_roles" ADD CONSTRAINT "staff_roles_given_by_another" CHECK (granted_by <> user_id and confirmed_by <> user_id);--> statement-breakpoint
ALTER TABLE "staff_roles" ADD CONSTRAINT "staff_roles_admin_by_two" CHECK (role <> 'admin' or granted_by is null or (confirmed_by is not null and confirmed_by <> granted_by));