-- A job that waits under its earlier name still runs after the update. The queue's own tables are made by the worker, so they may not be there yet.
DO $$
BEGIN
  IF to_regclass('graphile_worker._private_tasks') IS NOT NULL THEN
    UPDATE graphile_worker._private_tasks SET identifier = 'recompute-due-dates'
    WHERE identifier = 'reckon-due-dates'
      AND NOT EXISTS (SELECT 1 FROM graphile_worker._private_tasks WHERE identifier = 'recompute-due-dates');
  END IF;
END $$;
