/**
 * Deliveries of one message in order of channel and endpoint; naming the day lets Postgres look into one partition only.
 *
 * $1 organisation, $2 day, $3 message, after $4 channel and $5 endpoint, $6 state, $7 channel's code, $8 recipient (the three may
 * be null), $9 how many
 */
export const MESSAGE_DELIVERIES = `
SELECT d.channel_id AS "channelId", d.endpoint_id AS "endpointId", c.code AS channel, v.code AS account, e.address,
       r.code AS recipient, d.state, d.reason, d.attempts, d.vendor_reference AS "vendorReference", d.created_at AS "createdAt",
       d.sent_at AS "sentAt", d.delivered_at AS "deliveredAt", d.read_at AS "readAt", d.failed_at AS "failedAt"
  FROM delivery d
  LEFT JOIN channel c ON c.organisation_id = $1 AND c.id = d.channel_id
  LEFT JOIN vendor_account v ON v.organisation_id = $1 AND v.id = d.vendor_account_id
  LEFT JOIN endpoint e ON e.organisation_id = $1 AND e.id = d.endpoint_id
  LEFT JOIN recipient r ON r.organisation_id = $1 AND r.id = d.recipient_id
 WHERE d.organisation_id = $1 AND d.day = $2 AND d.message_id = $3
   AND (d.channel_id, d.endpoint_id) > ($4::int, $5::bigint)
   AND ($6::text IS NULL OR d.state = $6)
   AND ($7::text IS NULL OR c.code = $7)
   AND ($8::bigint IS NULL OR d.recipient_id = $8)
 ORDER BY d.channel_id, d.endpoint_id
 LIMIT $9`;
