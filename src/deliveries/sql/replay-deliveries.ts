import { takesDevice } from '../../messages/sql/takes-device.js';
import { type Candidates, SLICE } from './candidates.js';
import { COUNT_MOVES } from './count-moves.js';

/**
 * Sends deliveries again that ended without having been sent: they are being retried from now on, the counters forget their end,
 * batches are made for them as the planner would make them, and their messages are being sent again. Those that would only fail
 * again are left as they are, and counted by why.
 *
 * The messages are locked before they are judged, so that none is cancelled meanwhile, and after the deliveries and before the counters,
 * which is the order of recording. Their expiry is computed with them: Citus takes no arithmetic of times in the UPDATE.
 *
 * $1 organisation, $2 now, $3 counter shard, $4 the messages' new expiry (null: as before), $5 expiry of messages without one whose time
 * to be tried is over; where endpoints go, one per position: $6 channel, $7 vendor account, $8 device vendor served (empty: any), $9
 * device vendors of the lines before, $10 batch size; $11 how many at most, from $12 on: the candidates
 */
export const replayDeliveries = (candidates: Candidates): string => `
WITH ${candidates(12)},
route AS (
  SELECT * FROM unnest($6::int[], $7::int[], $8::text[], $9::text[], $10::int[]) AS p (channel_id, account_id, serves, before, batch_size)),
parent AS MATERIALIZED (
  SELECT m.id, m.state, m.priority, m.expires_at, coalesce(m.template_id, 0) AS template_id,
         coalesce($4, m.expires_at, CASE WHEN m.planned_at + ($5::timestamptz - $2::timestamptz) <= $2 THEN $5::timestamptz END) AS expiry
    FROM message m
   WHERE m.organisation_id = $1 AND m.id = ANY (ARRAY(SELECT DISTINCT message_id FROM candidate))
   ORDER BY m.id FOR NO KEY UPDATE),
judged AS MATERIALIZED (
  SELECT c.*, m.priority, m.template_id, p.account_id, p.batch_size,
         CASE WHEN m.state = 'cancelled' THEN 'cancelled'
              WHEN $4::timestamptz IS NULL AND m.expires_at <= $2 THEN 'message-expired'
              WHEN NOT ch.enabled THEN 'channel-disabled'
              WHEN e.id IS NULL THEN 'endpoint-deleted'
              WHEN e.status <> 'active' THEN 'quarantined'
              WHEN p.account_id IS NULL THEN 'no-account' END AS skipped
    FROM candidate c
    JOIN parent m ON m.id = c.message_id
    JOIN channel ch ON ch.organisation_id = $1 AND ch.id = c.channel_id
    LEFT JOIN LATERAL (SELECT id, status, kind, vendor, environment FROM endpoint WHERE organisation_id = $1 AND id = c.endpoint_id LIMIT 1) e ON true
    LEFT JOIN route p ON p.channel_id = c.channel_id
     AND ${takesDevice('e')}),
moved AS MATERIALIZED (
  SELECT *, 'retrying' AS new_state FROM judged WHERE skipped IS NULL
   ORDER BY message_id, channel_id, endpoint_id LIMIT $11),
numbered AS (
  SELECT message_id, channel_id, account_id, batch_size, priority, endpoint_id,
         row_number() OVER (PARTITION BY message_id, channel_id, account_id ORDER BY endpoint_id) - 1 AS n
    FROM moved),
inserted AS (
  INSERT INTO batch (organisation_id, message_id, channel_id, vendor_account_id, attempt, priority, ready_at, lease, endpoint_ids)
  SELECT $1, message_id, channel_id, account_id, 1, priority, $2, NULL, array_agg(endpoint_id ORDER BY endpoint_id)
    FROM numbered GROUP BY message_id, channel_id, account_id, priority, n / batch_size
  RETURNING message_id),
change AS (
  SELECT i.message_id, p.expiry, count(*) AS batches FROM inserted i JOIN parent p ON p.id = i.message_id GROUP BY i.message_id, p.expiry),
reopened AS (
  UPDATE message m
     SET open_batches = m.open_batches + change.batches,
         state = CASE WHEN m.state = 'done' THEN 'sending' ELSE m.state END,
         finished_at = CASE WHEN m.state = 'done' THEN NULL ELSE m.finished_at END,
         expires_at = change.expiry
    FROM change
   WHERE m.organisation_id = $1 AND m.id = change.message_id
  RETURNING m.id),
written AS (
  INSERT INTO delivery AS d (organisation_id, day, message_id, channel_id, endpoint_id, vendor_account_id, state, reason, attempts, created_at)
  SELECT $1, day, message_id, channel_id, endpoint_id, vendor_account_id, new_state, 'replayed', attempts, created_at FROM moved
  ON CONFLICT (organisation_id, day, message_id, channel_id, endpoint_id) DO UPDATE
     SET state = excluded.state, reason = excluded.reason, failed_at = NULL),
${COUNT_MOVES}
SELECT (SELECT count(*) FROM reopened)::int AS messages,
       (SELECT coalesce(jsonb_object_agg(skipped, count), '{}')
          FROM (SELECT skipped, count(*) FROM judged WHERE skipped IS NOT NULL GROUP BY skipped) s) AS skipped,${SLICE}`;
