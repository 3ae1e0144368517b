CREATE TABLE "work_budgets" (
	"key" text PRIMARY KEY NOT NULL,
	"since" timestamp with time zone NOT NULL,
	"spent" integer NOT NULL
);
--> statement-breakpoint
CREATE INDEX "work_budgets_since_index" ON "work_budgets" USING btree ("since");