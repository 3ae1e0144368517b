ALTER TABLE "mail_batches" ALTER COLUMN "body" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "mail_batches" ALTER COLUMN "body_hash" DROP NOT NULL;--> statement-breakpoint
ALTER TABLE "mail_batches" ADD COLUMN "locale" text;--> statement-breakpoint
ALTER TABLE "mail_batches" ADD COLUMN "sender" text;--> statement-breakpoint
ALTER TABLE "mail_batches" ADD COLUMN "addresses" text[];--> statement-breakpoint
ALTER TABLE "mail_batches" ADD COLUMN "names" text[];--> statement-breakpoint
ALTER TABLE "mail_batches" ADD COLUMN "accounts" text[];--> statement-breakpoint
ALTER TABLE "mail_batches" ADD COLUMN "apps" text[];
--> statement-breakpoint
-- What a batch will say is frozen before its first attempt, and the hash of its bytes with it. Only
-- what has been settled may lose the parts of who is erased, and is never tried again.
CREATE OR REPLACE FUNCTION keep_frozen_batch() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF (NEW.broadcast_id, NEW.idempotency_key, NEW.size, NEW.locale, NEW.sender)
      IS DISTINCT FROM (OLD.broadcast_id, OLD.idempotency_key, OLD.size, OLD.locale, OLD.sender)
    OR (OLD.body_hash IS NOT NULL AND NEW.body_hash IS DISTINCT FROM OLD.body_hash)
    OR (NEW.status = 'frozen' AND (NEW.body = '' OR '' = ANY (NEW.addresses)))
    OR ((NEW.body, NEW.addresses, NEW.names, NEW.accounts, NEW.apps)
        IS DISTINCT FROM (OLD.body, OLD.addresses, OLD.names, OLD.accounts, OLD.apps)
      AND (OLD.status = 'frozen'
        OR (NEW.body IS DISTINCT FROM OLD.body AND (OLD.body IS NULL OR NEW.body IS DISTINCT FROM ''))
        OR EXISTS (
          SELECT FROM unnest(
            OLD.addresses || OLD.names || OLD.accounts || OLD.apps,
            NEW.addresses || NEW.names || NEW.accounts || NEW.apps
          ) AS part(was, is_now)
          WHERE is_now IS DISTINCT FROM was AND is_now IS DISTINCT FROM ''
        )))
  THEN
    RAISE EXCEPTION 'mail batch % is frozen', OLD.id USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END $$;
--> statement-breakpoint
ALTER TABLE mail_batches ADD CONSTRAINT batches_have_bytes_or_parts CHECK (
  body IS NOT NULL OR (locale IS NOT NULL AND sender IS NOT NULL
    AND cardinality(addresses) = size AND cardinality(names) = size
    AND cardinality(accounts) = size AND cardinality(apps) = size)
);
