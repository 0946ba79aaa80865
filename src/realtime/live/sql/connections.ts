/**
 * Registers a connection, and drops a person's oldest ones when they have too many. Returns its id, and which were dropped.
 *
 * $1 organisation, $2 recipient, $3 inbox, $4 endpoint (null: no device), $5 process, $6 platform, $7 now, $8 how many others may stay
 */
export const REGISTER_CONNECTION = `
WITH dropped AS (
  DELETE FROM live_connection
   WHERE organisation_id = $1 AND recipient_id = $2
     AND id = ANY (ARRAY(SELECT id FROM live_connection WHERE organisation_id = $1 AND recipient_id = $2
                          ORDER BY id DESC OFFSET $8))
  RETURNING id),
made AS (
  INSERT INTO live_connection (organisation_id, recipient_id, inbox_id, endpoint_id, process, platform, connected_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7)
  RETURNING id)
SELECT id, ARRAY(SELECT id::text FROM dropped) AS dropped FROM made`;

/**
 * Puts back the connections of a process that was taken for dead.
 *
 * $1 organisation, $2 process, per connection: $3 recipient, $4 id, $5 inbox, $6 endpoint, $7 platform, $8 connected at
 */
export const RESTORE_CONNECTIONS = `
INSERT INTO live_connection (organisation_id, recipient_id, id, inbox_id, endpoint_id, process, platform, connected_at)
SELECT $1, c.recipient_id, c.id, c.inbox_id, c.endpoint_id, $2, c.platform, c.connected_at
  FROM unnest($3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[], $7::text[], $8::timestamptz[])
         AS c (recipient_id, id, inbox_id, endpoint_id, platform, connected_at)
  JOIN recipient r ON r.organisation_id = $1 AND r.id = c.recipient_id
ON CONFLICT (organisation_id, recipient_id, id) DO NOTHING`;

/** Whether anybody is connected through one of the living processes. $1 organisation, $2 living processes */
export const ANYBODY_CONNECTED = `
SELECT EXISTS (SELECT FROM live_connection WHERE organisation_id = $1 AND process = ANY ($2::uuid[])) AS yes`;

/**
 * Of the endpoints of recorded batches, whose inboxes are being watched. The connection carries the inbox's id, so that a batch of a
 * thousand costs a look at the few who are connected, and not at a thousand endpoints.
 *
 * $1 organisation, $2 living processes, per batch: $3 message, $4 channel, $5 endpoint ids as array text
 */
export const CONNECTED_PEOPLE = `
SELECT b.message_id AS "messageId", b.channel_id AS "channelId", array_agg(DISTINCT l.recipient_id)::text[] AS "recipientIds"
  FROM unnest($3::bigint[], $4::int[], $5::text[]) AS b (message_id, channel_id, endpoint_ids)
 CROSS JOIN LATERAL unnest(b.endpoint_ids::bigint[]) AS x (endpoint_id)
  JOIN live_connection l ON l.organisation_id = $1 AND l.inbox_id = x.endpoint_id AND l.process = ANY ($2::uuid[])
 GROUP BY b.message_id, b.channel_id`;

/**
 * Which of these devices are online, and whose they are: a connection of somebody who had the device before does not count.
 *
 * $1 organisation, $2 living processes, $3 endpoint ids
 */
export const ONLINE_DEVICES = `
SELECT DISTINCT l.endpoint_id AS id, l.recipient_id AS "recipientId"
  FROM live_connection l
  JOIN endpoint e ON e.organisation_id = $1 AND e.id = l.endpoint_id AND e.recipient_id = l.recipient_id
 WHERE l.organisation_id = $1 AND l.endpoint_id = ANY ($3::bigint[]) AND l.process = ANY ($2::uuid[])`;

/**
 * Which connections are to end, because the person, the application or the organisation was switched off, or the device has moved.
 *
 * $1 organisation, per connection: $2 its number, $3 recipient, $4 application (null: any), $5 endpoint (null: no device)
 */
export const BARRED_CONNECTIONS = `
SELECT c.n FROM unnest($2::int[], $3::bigint[], $4::int[], $5::bigint[]) AS c (n, recipient_id, application_id, endpoint_id)
  JOIN organisation o ON o.id = $1
  LEFT JOIN recipient r ON r.organisation_id = $1 AND r.id = c.recipient_id
  LEFT JOIN application a ON a.organisation_id = $1 AND a.id = c.application_id
  LEFT JOIN endpoint e ON e.organisation_id = $1 AND e.id = c.endpoint_id
 WHERE NOT o.enabled OR r.enabled IS NOT TRUE OR (c.application_id IS NOT NULL AND a.enabled IS NOT TRUE)
    OR (c.endpoint_id IS NOT NULL AND e.recipient_id IS DISTINCT FROM c.recipient_id)`;
