import { prepared } from '../../database/prepared.js';

/**
 * Claims batches under a lease. An expired lease is claimed like a fresh batch; `reclaimed` tells that somebody was at it before
 * and may have reached the vendor, which a `hold` channel must not repeat.
 *
 * The ids become text outside of RETURNING, where Citus takes immutable functions only. The choice is made before the join, and once: as a subquery it may be run again for each row it is joined to, locking more each time.
 *
 * $1 organisation, $2 lease, $3 now, $4 end of the lease, $5 how many at most, $6 lowest priority to take (0 urgent … 2 low),
 * $7 endpoints: with the batch that reaches so many it ends, $8 accounts to leave alone
 */
export const CLAIM_BATCHES = prepared(
  'claim-batches',
  `
WITH due AS MATERIALIZED (
  SELECT id, priority, ready_at, lease IS NOT NULL AS reclaimed, cardinality(endpoint_ids) AS size FROM batch
   WHERE organisation_id = $1 AND priority <= $6 AND ready_at <= $3 AND NOT (vendor_account_id = ANY ($8::int[]))
   ORDER BY priority, ready_at, id LIMIT $5
     FOR UPDATE SKIP LOCKED),
claimed AS MATERIALIZED (
  SELECT id, reclaimed
    FROM (SELECT id, reclaimed, sum(size) OVER (ORDER BY priority, ready_at, id) - size AS before FROM due) counted
   WHERE before < $7),
taken AS (
  UPDATE batch b
     SET lease = $2, ready_at = $4
    FROM claimed, message m
   WHERE b.organisation_id = $1 AND b.id = claimed.id
     AND m.organisation_id = $1 AND m.id = b.message_id
  RETURNING b.id, b.message_id, b.channel_id, b.vendor_account_id, b.attempt, b.priority, b.endpoint_ids,
            b.recipient_ids IS NOT NULL AS planned, claimed.reclaimed, m.state, m.expires_at, m.planned_at)
SELECT id, message_id AS "messageId", channel_id AS "channelId", vendor_account_id AS "vendorAccountId", attempt, priority,
       array_to_string(endpoint_ids, ',') AS "endpointIds", planned, reclaimed, state AS "messageState", expires_at AS "expiresAt",
       planned_at AS "plannedAt"
  FROM taken`,
);
