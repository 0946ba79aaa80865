/**
 * Pushes that went to connected devices and were not acknowledged, oldest first: so many for each device asked for, all in one query.
 *
 * $1 organisation, $2 now, $3 sent after, $4 messages of this day or later, $5 most each, per device: $6 its number, $7 recipient,
 * $8 endpoint
 */
export const SENT_PUSHES = `
SELECT w.n, d.message_id AS "messageId", d.channel_id AS "channelId", d.endpoint_id AS "endpointId",
       d.vendor_account_id AS "accountId"
  FROM unnest($6::int[], $7::bigint[], $8::bigint[]) AS w (n, recipient_id, endpoint_id)
 CROSS JOIN LATERAL (
       SELECT d.message_id, d.channel_id, d.endpoint_id, d.vendor_account_id, d.sent_at
         FROM delivery d
         JOIN vendor_account a ON a.organisation_id = $1 AND a.id = d.vendor_account_id AND a.vendor = 'live'
         JOIN message m ON m.organisation_id = $1 AND m.id = d.message_id AND (m.expires_at IS NULL OR m.expires_at > $2)
        WHERE d.organisation_id = $1 AND d.day >= $4 AND d.recipient_id = w.recipient_id AND d.endpoint_id = w.endpoint_id
          AND d.state = 'sent' AND d.sent_at > $3
        ORDER BY d.sent_at, d.message_id, d.channel_id LIMIT $5) d
 ORDER BY w.n, d.sent_at, d.message_id, d.channel_id`;

/** People as templates speak of them. $1 organisation, $2 recipients */
export const LOAD_PEOPLE = `
SELECT id, code, name, locale, attributes FROM recipient WHERE organisation_id = $1 AND id = ANY ($2::bigint[])`;
