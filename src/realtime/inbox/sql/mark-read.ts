import { COUNT_MOVES } from '../../../deliveries/sql/count-moves.js';

/**
 * Moves the deliveries in the CTE `unread`, which it has locked, to read, and counts them. Returns how many, and the last one's key.
 * Written as INSERT … ON CONFLICT for the reason given at APPLY_RECEIPTS.
 */
const MARK = `
moved AS (SELECT *, 'read' AS new_state FROM unread),
written AS (
  INSERT INTO delivery AS d (organisation_id, day, message_id, channel_id, endpoint_id, vendor_account_id, state, attempts, created_at, read_at)
  SELECT $1, day, message_id, channel_id, endpoint_id, vendor_account_id, new_state, attempts, created_at, $2 FROM moved
  ON CONFLICT (organisation_id, day, message_id, channel_id, endpoint_id) DO UPDATE
     SET state = excluded.state, read_at = excluded.read_at, sent_at = coalesce(d.sent_at, d.created_at),
         delivered_at = coalesce(d.delivered_at, excluded.read_at)),
${COUNT_MOVES}
SELECT message_id AS "messageId", channel_id AS "channelId", endpoint_id AS "endpointId", count(*) OVER ()::int AS count
  FROM unread ORDER BY message_id DESC, channel_id DESC, endpoint_id DESC LIMIT 1`;

/**
 * Marks what people have unread in their inboxes. What has expired counts only where its message is named: nobody saw it listed.
 *
 * $1 organisation, $2 now, $3 counter shard, $4 inbox channels, $5 application (null: any), $6 most rows, $7 recipients,
 * $8 messages (null: all)
 */
export const MARK_OF_RECIPIENTS = `
WITH unread AS MATERIALIZED (
  SELECT d.day, d.message_id, d.channel_id, d.endpoint_id, d.vendor_account_id, d.attempts, d.created_at, d.state AS old_state,
         coalesce(m.template_id, 0) AS template_id
    FROM delivery d
    JOIN message m ON m.organisation_id = $1 AND m.id = d.message_id
   WHERE d.organisation_id = $1 AND d.recipient_id = ANY ($7::bigint[]) AND d.channel_id = ANY ($4::int[])
     AND d.state IN ('sent', 'delivered')
     AND ($5::int IS NULL OR m.application_id = $5)
     AND CASE WHEN $8::bigint[] IS NULL THEN m.expires_at IS NULL OR m.expires_at > $2 ELSE d.message_id = ANY ($8::bigint[]) END
   ORDER BY d.message_id, d.channel_id, d.endpoint_id LIMIT $6
     FOR UPDATE OF d),
${MARK}`;

/**
 * Marks messages read for everybody who has them in the inbox: a bounded number after a given delivery, so that a broadcast is done
 * in steps, none of which looks again at what the one before did.
 *
 * $1 to $6 as above, $7 messages, after: $8 message, $9 channel, $10 endpoint
 */
export const MARK_OF_MESSAGES = `
WITH unread AS MATERIALIZED (
  SELECT m.day, m.id AS message_id, d.*, m.template_id
    FROM (SELECT id, day, coalesce(template_id, 0) AS template_id,
                 CASE WHEN id = $8 THEN $9::int ELSE 0 END AS after_channel, CASE WHEN id = $8 THEN $10::bigint ELSE 0 END AS after_endpoint
            FROM message
           WHERE organisation_id = $1 AND id = ANY ($7::bigint[]) AND id >= $8 AND ($5::int IS NULL OR application_id = $5)
           ORDER BY id) m
   CROSS JOIN LATERAL (
         SELECT d.channel_id, d.endpoint_id, d.vendor_account_id, d.attempts, d.created_at, d.state AS old_state FROM delivery d
          WHERE d.organisation_id = $1 AND d.day = m.day AND d.message_id = m.id AND d.channel_id = ANY ($4::int[])
            AND d.state IN ('sent', 'delivered') AND (d.channel_id, d.endpoint_id) > (m.after_channel, m.after_endpoint)
          ORDER BY d.channel_id, d.endpoint_id LIMIT $6
            FOR UPDATE) d
   LIMIT $6),
${MARK}`;
