/*
 * In these statements the new times are computed before the UPDATE: what is added to a time depends on the session's time zone, as far
 * as PostgreSQL knows, and Citus refuses an UPDATE that computes such a thing from a column.
 */

/**
 * A verdict on the whole account pauses it. The pause grows with the openings in a row; failures of calls that were already under
 * way when the pause began do not count once more. Of several verdicts the longest pause holds.
 *
 * $1 organisation, $2 account, $3 problem, $4 detail, $5 now, $6 seconds, $7 does it grow?, $8 does it count as an opening?,
 * $9 most seconds
 */
export const REPORT_TROUBLE = `
WITH held AS (
  SELECT openings, paused_until, coalesce(paused_until > $5::timestamptz, false) AS resting
    FROM vendor_account WHERE organisation_id = $1 AND id = $2
     FOR NO KEY UPDATE),
next AS (
  SELECT resting, CASE WHEN $8::boolean AND NOT resting THEN least(openings + 1, 20) ELSE openings END AS openings,
         greatest(paused_until, $5::timestamptz + make_interval(secs =>
           CASE WHEN $7::boolean
                THEN least($9::float8, $6::float8 * power(2, greatest(0, openings - resting::int)))
                ELSE $6::float8 END)) AS paused_until
    FROM held)
UPDATE vendor_account v
   SET problem = $3, problem_detail = $4, probe_until = NULL, openings = next.openings, paused_until = next.paused_until
  FROM next
 WHERE v.organisation_id = $1 AND v.id = $2
RETURNING v.code, v.paused_until AS "pausedUntil", NOT next.resting AS opened`;

/**
 * A call failed as a whole. So many in a row open the circuit, and so does a failed probe.
 *
 * $1 organisation, $2 account, $3 now, $4 failures that open it, $5 detail, $6 seconds of the first pause, $7 most seconds
 */
export const COUNT_FAILURE = `
WITH held AS (
  SELECT least(failures + 1, 1000) AS failures, openings, paused_until,
         coalesce(paused_until <= $3::timestamptz, failures + 1 >= $4::int) AS opens
    FROM vendor_account WHERE organisation_id = $1 AND id = $2
     FOR NO KEY UPDATE),
next AS (
  SELECT failures, opens, CASE WHEN opens THEN least(openings + 1, 20) ELSE openings END AS openings,
         CASE WHEN opens THEN $3::timestamptz + make_interval(secs => least($7::float8, $6::float8 * power(2, openings)))
              ELSE paused_until END AS paused_until
    FROM held)
UPDATE vendor_account v
   SET failures = next.failures, openings = next.openings, paused_until = next.paused_until,
       problem = CASE WHEN next.opens THEN 'unreachable' ELSE v.problem END,
       problem_detail = CASE WHEN next.opens THEN $5 ELSE v.problem_detail END,
       probe_until = CASE WHEN next.opens THEN NULL ELSE v.probe_until END
  FROM next
 WHERE v.organisation_id = $1 AND v.id = $2
RETURNING v.code, v.paused_until AS "pausedUntil", next.opens AS opened`;

/**
 * After a pause, one call at a time over all processes is let through.
 *
 * $1 organisation, $2 account, $3 now, $4 end of the probe
 */
export const TAKE_PROBE = `
WITH taken AS (
  UPDATE vendor_account SET probe_until = $4
   WHERE organisation_id = $1 AND id = $2 AND paused_until <= $3 AND (probe_until IS NULL OR probe_until <= $3)
  RETURNING id)
SELECT EXISTS (SELECT FROM taken) AS mine, paused_until AS "pausedUntil"
  FROM vendor_account WHERE organisation_id = $1 AND id = $2`;

/**
 * A call worked. One that began before the trouble may end after it was reported; the pause then stands.
 *
 * $1 organisation, $2 account, $3 now
 */
export const CLEAR_TROUBLE = `
WITH held AS (
  SELECT paused_until IS NOT NULL AS paused FROM vendor_account
   WHERE organisation_id = $1 AND id = $2 AND (paused_until IS NULL OR paused_until <= $3)
     AND (problem IS NOT NULL OR paused_until IS NOT NULL OR failures > 0)
     FOR NO KEY UPDATE)
UPDATE vendor_account v
   SET problem = NULL, problem_detail = NULL, paused_until = NULL, failures = 0, openings = 0, probe_until = NULL
  FROM held
 WHERE v.organisation_id = $1 AND v.id = $2
RETURNING v.code, held.paused`;
