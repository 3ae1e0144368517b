-- A first version approved on its day was said to be in force since the midnight before.
ALTER TABLE "policy_versions" DISABLE TRIGGER USER;--> statement-breakpoint
UPDATE "policy_versions" SET "effective_at" = "approved_at" WHERE "effective_at" < "approved_at";--> statement-breakpoint
ALTER TABLE "policy_versions" ENABLE TRIGGER USER;
