/** What stands in a person's inbox for this caller. */
const LISTED = `
    FROM delivery d
    JOIN message m ON m.organisation_id = $1 AND m.id = d.message_id
   WHERE d.organisation_id = $1 AND d.recipient_id = $2 AND d.channel_id = ANY ($3::int[])
     AND d.state IN ('sent', 'delivered', 'read')
     AND ($4::int IS NULL OR m.application_id = $4)
     AND (m.expires_at IS NULL OR m.expires_at > $5)`;

/**
 * One page of an inbox with everything its items are made of, in one query. Newest by when it came, not by id: a message may have
 * been accepted long before it was due. The words of a message are fetched only where the delivery has none of its own.
 *
 * $1 organisation, $2 recipient, $3 inbox channels, $4 application (null: any), $5 now, $6 unread only?, $7 category (null: any),
 * after: $8 sent at (null: from the newest), $9 message, $10 channel, $11 endpoint; $12 most rows
 */
export const LIST_INBOX = `
WITH page AS MATERIALIZED (
  SELECT d.message_id, d.channel_id, d.endpoint_id, d.content, d.sent_at, d.read_at
${LISTED}
     AND (NOT $6::boolean OR d.state <> 'read')
     AND ($7::text IS NULL OR m.category = $7)
     AND ($8::timestamptz IS NULL OR (d.sent_at, d.message_id, d.channel_id, d.endpoint_id) < ($8, $9, $10, $11))
   ORDER BY d.sent_at DESC, d.message_id DESC, d.channel_id DESC, d.endpoint_id DESC LIMIT $12)
SELECT p.message_id AS "messageId", p.channel_id AS "channelId", p.endpoint_id AS "endpointId", p.content, p.sent_at AS "sentAt",
       p.read_at AS "readAt", m.category, m.sender,
       CASE WHEN p.content IS NULL THEN m.template_id END AS "templateId", m.template_version AS "templateVersion",
       CASE WHEN p.content IS NULL THEN m.params END AS params,
       CASE WHEN p.content IS NULL THEN (SELECT c FROM jsonb_array_elements(m.channels) AS c
                                          WHERE (c->>'channelId')::int = p.channel_id LIMIT 1) END AS plan
  FROM page p
  JOIN message m ON m.organisation_id = $1 AND m.id = p.message_id
 ORDER BY p.sent_at DESC, p.message_id DESC, p.channel_id DESC, p.endpoint_id DESC`;

/** $1 to $5 as above */
export const COUNT_UNREAD = `
SELECT count(*)::int AS unread
${LISTED}
     AND d.state <> 'read'`;
