import { AT_ADDRESS, BY_ID_OR_ALIAS } from '../../sql/plan-addresses.js';

/**
 * The endpoints that a request names one by one, as FIND_EXPLICIT finds them, and besides these the addresses that have no
 * endpoint yet (`id` null) and those that the request excludes. At most as many rows as the request has items and
 * its aliases have bearers, per channel.
 *
 * $1 organisation, per address: $2 channel, $3 kind, $4 address; $5 endpoint ids, the message's channels: $6 ids, $7 kinds;
 * excluded: $8 recipients, $9 groups; $10 aliases
 */
export const PREVIEW_NAMED_ENDPOINTS = `
WITH named AS (
  SELECT * FROM (
    SELECT DISTINCT ON (a.channel_id, a.address) a.channel_id, a.kind, a.address, e.id, e.vendor, e.environment, e.recipient_id, e.status, e.quarantine_reason
      FROM unnest($2::int[], $3::text[], $4::text[]) AS a (channel_id, kind, address)
      LEFT JOIN LATERAL ${AT_ADDRESS} e ON true
     ORDER BY a.channel_id, a.address, e.status, e.id) by_address
  UNION
  SELECT c.channel_id, c.kind, e.address, e.id, e.vendor, e.environment, e.recipient_id, e.status, e.quarantine_reason
    FROM ${BY_ID_OR_ALIAS} e
    JOIN unnest($6::int[], $7::text[]) AS c (channel_id, kind) ON c.kind = e.kind)
SELECT n.channel_id AS "channelId", n.kind, n.address, n.id, coalesce(n.vendor, '') AS vendor, coalesce(n.environment, 'production') AS environment, n.recipient_id AS "recipientId",
       n.status = 'quarantined' AS quarantined, n.quarantine_reason AS reason,
       coalesce(n.recipient_id = ANY ($8::bigint[]), false)
       OR EXISTS (SELECT FROM membership x
                   WHERE x.organisation_id = $1 AND x.group_id = ANY ($9::int[]) AND x.recipient_id = n.recipient_id) AS excluded
  FROM named n
 ORDER BY n.channel_id, n.id`;
