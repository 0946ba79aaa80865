/**
 * New items of people's inboxes, for those of them that are connected here: one query for all that a notification names. Where a
 * message is for the latest device only, the person's latest connection, wherever it is.
 *
 * $1 organisation, $2 now, $3 living processes, per item: $4 message, $5 channel, $6 recipient
 */
export const LIVE_ITEMS = `
SELECT i.message_id AS "messageId", i.channel_id AS "channelId", i.recipient_id AS "recipientId", d.endpoint_id AS "endpointId",
       d.content, d.sent_at AS "sentAt", d.read_at AS "readAt", m.application_id AS "applicationId", m.latest_only AS "latestOnly",
       CASE WHEN m.latest_only THEN (
         SELECT l.id FROM live_connection l
          WHERE l.organisation_id = $1 AND l.recipient_id = i.recipient_id AND l.process = ANY ($3::uuid[])
          ORDER BY l.id DESC LIMIT 1) END AS "latestId"
  FROM unnest($4::bigint[], $5::int[], $6::bigint[]) AS i (message_id, channel_id, recipient_id)
 CROSS JOIN LATERAL (
       SELECT day, application_id, coalesce((audience->'devices'->>'latestOnly')::boolean, false) AS latest_only FROM message
        WHERE organisation_id = $1 AND id = i.message_id AND (expires_at IS NULL OR expires_at > $2) LIMIT 1) m
 CROSS JOIN LATERAL (
       SELECT d.endpoint_id, d.content, d.sent_at, d.read_at FROM delivery d
        WHERE d.organisation_id = $1 AND d.day = m.day AND d.message_id = i.message_id AND d.recipient_id = i.recipient_id
          AND d.channel_id = i.channel_id AND d.state IN ('sent', 'delivered', 'read')
        LIMIT 1) d`;

/**
 * What came into inboxes after a place in each, oldest first: one page for each connection asked for, all in one query, with what its
 * items are made of (as LIST_INBOX does).
 *
 * $1 organisation, $2 now, $3 living processes, $4 inbox channels, $5 most items each,
 * per connection: $6 its number, $7 recipient, $8 application (null: any), after: $9 sent at, $10 message, $11 channel, $12 endpoint
 */
export const MISSED_ITEMS = `
WITH page AS MATERIALIZED (
  SELECT w.n, w.recipient_id, d.*
    FROM unnest($6::int[], $7::bigint[], $8::int[], $9::timestamptz[], $10::bigint[], $11::int[], $12::bigint[])
           AS w (n, recipient_id, application_id, after_sent, after_message, after_channel, after_endpoint)
   CROSS JOIN LATERAL (
         SELECT d.message_id, d.channel_id, d.endpoint_id, d.content, d.sent_at, d.read_at
           FROM delivery d
           JOIN message m ON m.organisation_id = $1 AND m.id = d.message_id
          WHERE d.organisation_id = $1 AND d.recipient_id = w.recipient_id AND d.channel_id = ANY ($4::int[])
            AND d.state IN ('sent', 'delivered', 'read')
            AND (w.application_id IS NULL OR m.application_id = w.application_id)
            AND (m.expires_at IS NULL OR m.expires_at > $2)
            AND (d.sent_at, d.message_id, d.channel_id, d.endpoint_id)
                > (w.after_sent, w.after_message, w.after_channel, w.after_endpoint)
          ORDER BY d.sent_at, d.message_id, d.channel_id, d.endpoint_id LIMIT $5) d)
SELECT p.n, p.message_id AS "messageId", p.channel_id AS "channelId", p.endpoint_id AS "endpointId", p.content,
       p.sent_at AS "sentAt", p.read_at AS "readAt", m.category, m.sender,
       CASE WHEN p.content IS NULL THEN m.template_id END AS "templateId", m.template_version AS "templateVersion",
       CASE WHEN p.content IS NULL THEN m.params END AS params,
       CASE WHEN p.content IS NULL THEN (SELECT c FROM jsonb_array_elements(m.channels) AS c
                                          WHERE (c->>'channelId')::int = p.channel_id LIMIT 1) END AS plan,
       coalesce((m.audience->'devices'->>'latestOnly')::boolean, false) AS "latestOnly",
       CASE WHEN (m.audience->'devices'->>'latestOnly')::boolean THEN (
         SELECT l.id FROM live_connection l
          WHERE l.organisation_id = $1 AND l.recipient_id = p.recipient_id AND l.process = ANY ($3::uuid[])
          ORDER BY l.id DESC LIMIT 1) END AS "latestId"
  FROM page p
  JOIN message m ON m.organisation_id = $1 AND m.id = p.message_id
 ORDER BY p.n, p.sent_at, p.message_id, p.channel_id, p.endpoint_id`;
