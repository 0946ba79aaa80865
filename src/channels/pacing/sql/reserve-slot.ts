/**
 * Reserves a place in an account's rate and quota, in one statement under one short row lock, so that it holds over all processes.
 *
 * `free_at` is when all that was granted so far is within the rate (GCRA): a call of n goes at `free_at`, which then moves on by
 * n / rate. Urgent traffic has a second such instant that moves at its share of the rate, and goes at the earlier of the two; it
 * is charged to both, so the others pay it back. So urgent calls never wait behind the rest while within their share, may use the
 * whole rate when nothing else does, and no capacity is kept idle for them. The price: in the seconds for which others hold
 * granted slots, up to (1 + share) times the rate can go out.
 *
 * Only a slot up to $10 is granted. Who comes later is told when to come back, and gets nothing but a place in a waiting line
 * (`line_at`): those who wait return one after the other at the account's rate, and a place that is never taken up costs nothing.
 *
 * After a 429 the rate is multiplied by `factor`, which grows back by a half per minute.
 *
 * All new times are computed before the UPDATE; account-circuit.ts says why.
 *
 * $1 organisation, $2 account, $3 now, $4 how many, $5 urgent?, $6 per second, $7 per day, $8 day of the vendor, $9 urgent share,
 * $10 latest slot to wait for
 */
export const RESERVE_SLOT = `
WITH held AS (
  SELECT free_at, urgent_free_at, line_at, urgent_line_at, CASE WHEN day = $8::date THEN used ELSE 0 END AS used,
         $6::float8 * least(1, factor + greatest(0, extract(epoch FROM $3::timestamptz - recovers_from)::float8) / 120) AS rate
    FROM account_pace WHERE organisation_id = $1 AND vendor_account_id = $2
     FOR UPDATE),
asked AS (
  SELECT held.*, CASE WHEN $7::int IS NULL THEN $4::int ELSE least($4::int, greatest(0, $7::int - used)) END AS room,
         CASE WHEN rate IS NULL THEN $3::timestamptz
              WHEN $5::boolean THEN greatest($3::timestamptz, least(urgent_free_at, free_at))
              ELSE greatest($3::timestamptz, free_at) END AS slot
    FROM held),
answer AS (
  SELECT asked.*, make_interval(secs => coalesce(room / rate, 0)) AS cost, slot <= $10::timestamptz AS soon,
         CASE WHEN slot <= $10::timestamptz THEN slot
              WHEN $5::boolean THEN greatest(slot, urgent_line_at)
              ELSE greatest(slot, line_at) END AS at
    FROM asked),
next AS (
  SELECT at, CASE WHEN soon THEN room ELSE 0 END AS granted, room = 0 AS spent, used,
         CASE WHEN soon THEN greatest(free_at, $3::timestamptz) + cost ELSE free_at END AS free_at,
         CASE WHEN soon AND $5::boolean THEN greatest(urgent_free_at, $3::timestamptz) + cost / $9::float8
              ELSE urgent_free_at END AS urgent_free_at,
         CASE WHEN soon OR $5::boolean THEN line_at ELSE at + cost END AS line_at,
         CASE WHEN soon OR NOT $5::boolean THEN urgent_line_at ELSE at + cost END AS urgent_line_at
    FROM answer)
UPDATE account_pace p
   SET free_at = next.free_at, urgent_free_at = next.urgent_free_at, line_at = next.line_at, urgent_line_at = next.urgent_line_at,
       day = $8::date, used = next.used + next.granted
  FROM next
 WHERE p.organisation_id = $1 AND p.vendor_account_id = $2
RETURNING next.at, next.granted, next.spent`;

/** $1 organisation, $2 account, $3 now, $4 day of the vendor */
export const BEGIN_PACE = `
INSERT INTO account_pace (organisation_id, vendor_account_id, free_at, urgent_free_at, line_at, urgent_line_at, day, used, factor,
                          recovers_from)
VALUES ($1, $2, $3, $3, $3, $3, $4, 0, 1, $3)
ON CONFLICT DO NOTHING`;
