CREATE TABLE "handler_choices" (
	"user_id" uuid NOT NULL,
	"matter" text NOT NULL,
	"pace" text NOT NULL,
	CONSTRAINT "handler_choices_user_id_matter_pk" PRIMARY KEY("user_id","matter"),
	CONSTRAINT "handler_choices_keep_own_days" CHECK (matter <> 'own_due' or pace <> 'never')
);
--> statement-breakpoint
ALTER TABLE "handler_choices" ADD CONSTRAINT "handler_choices_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;