CREATE TABLE "number_series" (
	"series" text PRIMARY KEY NOT NULL,
	"last" integer NOT NULL
);
--> statement-breakpoint
INSERT INTO number_series (series, last)
  SELECT 'acknowledgement', last_value FROM receipt_numbers WHERE is_called
  UNION ALL SELECT 'deletion_receipt', last_value FROM deletion_receipt_numbers WHERE is_called
  UNION ALL SELECT 'deregistration', last_value FROM deregistration_numbers WHERE is_called
  UNION ALL SELECT 'incident', last_value FROM incident_numbers WHERE is_called
  UNION ALL SELECT 'request', last_value FROM request_numbers WHERE is_called;
--> statement-breakpoint
DROP SEQUENCE receipt_numbers, deletion_receipt_numbers, deregistration_numbers, incident_numbers, request_numbers;
--> statement-breakpoint
CREATE FUNCTION number_series_goes_up_by_one() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND NEW.series = OLD.series AND NEW.last = OLD.last + 1 THEN RETURN NEW; END IF;
  RAISE EXCEPTION 'a number series goes up by one' USING ERRCODE = 'restrict_violation';
END $$;
--> statement-breakpoint
CREATE TRIGGER number_series_goes_up_by_one BEFORE UPDATE OR DELETE ON number_series
  FOR EACH ROW EXECUTE FUNCTION number_series_goes_up_by_one();
