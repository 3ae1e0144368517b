-- A draft that began with everybody, and for which nobody has chosen since, asks for the choice.
UPDATE "notices" n SET "audience" = n."audience" || '{"undecided": true}'::jsonb
WHERE n."status" = 'draft' AND n."type" IN ('initial', 'announcement')
  AND n."audience" ->> 'versionRange' = '' AND n."audience" ->> 'apiOnly' = 'false'
  AND n."audience" -> 'platforms' = '[]' AND n."audience" -> 'regions' = '[]'
  AND n."audience" -> 'sdkAppIds' = '[]' AND n."audience" -> 'excludedSdkAppIds' = '[]'
  AND NOT EXISTS (
    SELECT FROM "audit_entries" e
    WHERE e."subject_type" = 'notice' AND e."subject_id" = n."id"::text AND e."action" = 'notice.audience_set'
  );
