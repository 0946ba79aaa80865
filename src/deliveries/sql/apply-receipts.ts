import { COUNT_MOVES } from './count-moves.js';

/**
 * Applies receipts, one per delivery, in one statement: deliveries move forward only, the counters learn exactly the moves, and
 * endpoints whose address is gone are quarantined. Each delivery is looked up by its whole key in the one partition of its message
 * and locked before it is judged, in the order of the key, so that two of these statements never wait for each other crosswise.
 *
 * `failed` is final, and is not said of a delivery that is being tried again. Addresses are not quarantined while at least 20 and
 * more than half of a message's deliveries through the account have failed: then the account is to blame.
 *
 * The change is written as INSERT … ON CONFLICT, although every row is known to exist, because that always goes by the primary key.
 * Rejected: UPDATE … FROM, which reads the whole partition while the database has no statistics of it, as during a broadcast
 * (2000 receipts beside 1 000 000 deliveries: 1.3 s instead of 0.06 s).
 *
 * Returns a row for each receipt that was not simply applied: `missing` (not recorded yet), `ignored` (none of this account's) or
 * `held` (applied, but the address was left alone).
 *
 * $1 organisation, $2 now, $3 counter shard, per receipt: $4 vendor account, $5 message, $6 channel, $7 endpoint, $8 status (delivered,
 * read, failed), $9 delivered at, $10 read at, $11 failed at, $12 code, $13 address gone?
 */
export const APPLY_RECEIPTS = `
WITH receipt AS MATERIALIZED (
  SELECT r.*, m.day, m.template_id
    FROM unnest($4::int[], $5::bigint[], $6::int[], $7::bigint[], $8::text[], $9::timestamptz[], $10::timestamptz[], $11::timestamptz[],
                $12::text[], $13::boolean[])
           WITH ORDINALITY AS r (vendor_account_id, message_id, channel_id, endpoint_id, status, delivered_at, read_at, failed_at,
                                 code, gone, position)
    LEFT JOIN LATERAL (
         SELECT day, coalesce(template_id, 0) AS template_id FROM message
          WHERE organisation_id = $1 AND id = r.message_id LIMIT 1) m ON true
   ORDER BY r.message_id, r.channel_id, r.endpoint_id),
judged AS MATERIALIZED (
  SELECT r.*, d.state AS old_state, d.attempts, d.created_at,
         CASE WHEN d.vendor_account_id <> r.vendor_account_id THEN NULL
              WHEN r.status = 'read' AND d.state NOT IN ('read', 'failed') THEN 'read'
              WHEN r.status = 'delivered' AND d.state IN ('retrying', 'unknown', 'sent') THEN 'delivered'
              WHEN r.status = 'failed' AND d.state IN ('unknown', 'sent') THEN 'failed' END AS new_state,
         CASE WHEN d.state = 'retrying' AND (r.status = 'failed' OR d.vendor_account_id <> r.vendor_account_id) THEN 'missing'
              WHEN d.vendor_account_id <> r.vendor_account_id THEN 'ignored' END AS fate
    FROM receipt r
   CROSS JOIN LATERAL (
         SELECT d.state, d.vendor_account_id, d.attempts, d.created_at FROM delivery d
          WHERE d.organisation_id = $1 AND d.day = r.day AND d.message_id = r.message_id AND d.channel_id = r.channel_id
            AND d.endpoint_id = r.endpoint_id
          LIMIT 1 FOR UPDATE) d),
moved AS (SELECT * FROM judged WHERE new_state IS NOT NULL),
written AS (
  INSERT INTO delivery AS d (organisation_id, day, message_id, channel_id, endpoint_id, vendor_account_id, state, reason, attempts, created_at,
                             delivered_at, read_at, failed_at)
  SELECT $1, day, message_id, channel_id, endpoint_id, vendor_account_id, new_state, CASE WHEN new_state = 'failed' THEN code END, attempts,
         created_at, delivered_at, read_at, failed_at
    FROM moved
  ON CONFLICT (organisation_id, day, message_id, channel_id, endpoint_id) DO UPDATE
     SET state = excluded.state, reason = excluded.reason,
         sent_at = CASE WHEN excluded.state = 'failed' THEN d.sent_at
                        ELSE coalesce(d.sent_at, least(d.created_at, excluded.delivered_at)) END,
         delivered_at = coalesce(d.delivered_at, excluded.delivered_at), read_at = excluded.read_at, failed_at = excluded.failed_at),
${COUNT_MOVES},
doubtful AS (
  SELECT g.message_id, g.channel_id, g.vendor_account_id
    FROM (SELECT message_id, channel_id, vendor_account_id, count(*) FILTER (WHERE new_state = 'failed') AS gone FROM judged
           WHERE gone AND fate IS NULL GROUP BY 1, 2, 3) g
   CROSS JOIN LATERAL (
         SELECT s.failed + g.gone AS failed, s.target FROM message_statistic s
          WHERE s.organisation_id = $1 AND s.message_id = g.message_id AND s.channel_id = g.channel_id
            AND s.vendor_account_id = g.vendor_account_id LIMIT 1) s
   WHERE s.failed >= 20 AND s.failed * 2 > s.target),
verdict AS (
  SELECT j.position, j.endpoint_id, j.code, x.message_id IS NOT NULL AS held
    FROM judged j LEFT JOIN doubtful x USING (message_id, channel_id, vendor_account_id)
   WHERE j.gone AND j.fate IS NULL),
quarantined AS (
  UPDATE endpoint e
     SET status = 'quarantined', quarantined_at = $2,
         quarantine_reason = (SELECT v.code FROM verdict v WHERE v.endpoint_id = e.id AND NOT v.held LIMIT 1)
   WHERE e.organisation_id = $1 AND e.id = ANY (ARRAY(SELECT endpoint_id FROM verdict WHERE NOT held)) AND e.status = 'active')
SELECT r.position::int, CASE WHEN v.held THEN 'held'
                             WHEN r.day IS NULL THEN 'ignored'
                             WHEN j.position IS NULL THEN 'missing' ELSE j.fate END AS fate
  FROM receipt r
  LEFT JOIN judged j USING (position)
  LEFT JOIN verdict v USING (position)
 WHERE v.held OR j.position IS NULL OR j.fate IS NOT NULL`;
