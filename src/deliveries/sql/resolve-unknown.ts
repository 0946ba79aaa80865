import { type Candidates, SLICE } from './candidates.js';
import { COUNT_MOVES } from './count-moves.js';

/**
 * Settles what became of deliveries of which nobody knows. Written as INSERT … ON CONFLICT for the reason given at APPLY_RECEIPTS.
 *
 * $1 organisation, $2 now, $3 counter shard, $4 state: sent or failed, $5 reason when failed (null: `unknown: ` and why it was), from
 * $6 on: the candidates
 */
export const resolveUnknown = (candidates: Candidates): string => `
WITH ${candidates(6)},
moved AS MATERIALIZED (
  SELECT c.message_id, c.channel_id, c.endpoint_id, c.day, c.vendor_account_id, c.attempts, c.created_at, c.reason, c.old_state,
         $4::text AS new_state, m.template_id
    FROM candidate c
   CROSS JOIN LATERAL (
         SELECT coalesce(template_id, 0) AS template_id FROM message WHERE organisation_id = $1 AND id = c.message_id LIMIT 1) m),
written AS (
  INSERT INTO delivery AS d (organisation_id, day, message_id, channel_id, endpoint_id, vendor_account_id, state, reason, attempts, created_at,
                             sent_at, failed_at)
  SELECT $1, day, message_id, channel_id, endpoint_id, vendor_account_id, new_state,
         CASE WHEN new_state = 'failed' THEN coalesce($5::text, 'unknown: ' || coalesce(reason, 'no-outcome')) END, attempts, created_at,
         CASE WHEN new_state = 'sent' THEN created_at END, CASE WHEN new_state = 'failed' THEN $2::timestamptz END
    FROM moved
  ON CONFLICT (organisation_id, day, message_id, channel_id, endpoint_id) DO UPDATE
     SET state = excluded.state, reason = excluded.reason, sent_at = excluded.sent_at, failed_at = excluded.failed_at),
${COUNT_MOVES}
SELECT ${SLICE}`;
