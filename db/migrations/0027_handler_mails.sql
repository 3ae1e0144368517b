CREATE TABLE "handler_mails" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"mailed_at" timestamp with time zone NOT NULL,
	"digested_at" timestamp with time zone NOT NULL
);
--> statement-breakpoint
ALTER TABLE "handler_mails" ADD CONSTRAINT "handler_mails_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;