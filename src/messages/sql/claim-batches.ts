/**
 * Claims batches under a lease. An expired lease is claimed like a fresh batch; `reclaimed` tells that somebody was at it before
 * and may have reached the vendor, which a `hold` channel must not repeat.
 *
 * $1 organisation, $2 lease, $3 now, $4 end of the lease, $5 how many, $6 lowest priority to take (0 urgent … 2 low)
 */
export const CLAIM_BATCHES = `
UPDATE batch b
   SET lease = $2, ready_at = $4
  FROM (SELECT id, lease IS NOT NULL AS reclaimed FROM batch
         WHERE organisation_id = $1 AND priority <= $6 AND ready_at <= $3
         ORDER BY priority, ready_at, id LIMIT $5
           FOR UPDATE SKIP LOCKED) claimed, message m
 WHERE b.organisation_id = $1 AND b.id = claimed.id
   AND m.organisation_id = $1 AND m.id = b.message_id
RETURNING b.id, b.message_id AS "messageId", b.channel_id AS "channelId", b.vendor_account_id AS "vendorAccountId", b.attempt,
          b.priority, b.endpoint_ids AS "endpointIds", claimed.reclaimed, m.state AS "messageState", m.expires_at AS "expiresAt",
          m.planned_at AS "plannedAt"`;
