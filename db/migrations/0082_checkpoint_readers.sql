CREATE TABLE "checkpoint_readers" (
	"user_id" uuid PRIMARY KEY NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"size" bigint,
	"mailed_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "checkpoint_readers" ADD CONSTRAINT "checkpoint_readers_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;