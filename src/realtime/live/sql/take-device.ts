/**
 * Makes a device a person's: the endpoint that carries its id moves to them if it is somebody else's, and where there is none, one is
 * made that only the live channel reaches. What is theirs already is left as it is. Returns the kind of what was found or made.
 *
 * $1 organisation, $2 recipient, $3 device, $4 platform (empty: unknown), $5 now
 */
export const TAKE_DEVICE = `
WITH found AS MATERIALIZED (
  SELECT id, kind, recipient_id FROM endpoint WHERE organisation_id = $1 AND device = $3),
moved AS (
  UPDATE endpoint
     SET recipient_id = $2, alias = NULL, platform = CASE WHEN $4 = '' THEN platform ELSE $4 END, status = 'active',
         quarantine_reason = NULL, quarantined_at = NULL, updated_at = $5
   WHERE organisation_id = $1 AND device = $3 AND kind = 'push' AND recipient_id IS DISTINCT FROM $2),
made AS (
  INSERT INTO endpoint AS e (organisation_id, recipient_id, kind, vendor, platform, environment, address, device, status, created_at,
                             updated_at)
  SELECT $1, $2::bigint, 'push', 'live', $4, 'production', $3, $3, 'active', $5::timestamptz, $5::timestamptz
   WHERE NOT EXISTS (SELECT FROM found)
  ON CONFLICT (organisation_id, kind, address, vendor) WHERE vendor <> '' DO UPDATE
     SET recipient_id = excluded.recipient_id, device = excluded.device, status = 'active', quarantine_reason = NULL,
         quarantined_at = NULL, updated_at = excluded.updated_at
  RETURNING kind)
SELECT kind FROM found UNION ALL SELECT kind FROM made`;
