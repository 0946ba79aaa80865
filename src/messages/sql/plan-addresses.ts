import { writeBatches } from './plan-window.js';

/**
 * The endpoints of the address `a (kind, address)`, looked up. Each half has a unique index of its own, that of addresses and that
 * of devices; a plain join fits neither, and reads all endpoints of the organisation.
 */
export const AT_ADDRESS = `(
                SELECT id, vendor, environment, recipient_id, status, quarantine_reason FROM endpoint
                 WHERE organisation_id = $1 AND kind = a.kind AND address = a.address AND vendor = ''
                 UNION ALL
                SELECT id, vendor, environment, recipient_id, status, quarantine_reason FROM endpoint
                 WHERE organisation_id = $1 AND kind = a.kind AND address = a.address AND vendor <> '')`;

/** The endpoints with the ids $5, and those that bear the aliases $10; each half has an index of its own. */
export const BY_ID_OR_ALIAS = `(
        SELECT id, kind, address, vendor, environment, recipient_id, status, quarantine_reason FROM endpoint
         WHERE organisation_id = $1 AND id = ANY ($5::bigint[])
         UNION
        SELECT id, kind, address, vendor, environment, recipient_id, status, quarantine_reason FROM endpoint
         WHERE organisation_id = $1 AND alias = ANY ($10::text[]))`;

/**
 * Gives every raw address an endpoint: a known one is used as it is; an unknown one becomes an endpoint without a recipient, at
 * once in quarantine where the address cannot be one of its kind, so that its delivery fails by itself and the others go out.
 *
 * Rejected: NOT EXISTS or LATERAL for the unknown ones, which Citus does not take beside unnest where rows are written.
 *
 * $1 organisation, $2 now, per address: $3 kind, $4 address, $5 why it cannot be used, or null
 */
export const REGISTER_ADDRESSES = `
INSERT INTO endpoint (organisation_id, recipient_id, kind, vendor, platform, environment, address, status, quarantine_reason,
                      quarantined_at, created_at, updated_at)
SELECT DISTINCT $1::int, NULL::bigint, a.kind, '', '', 'production', a.address,
       CASE WHEN a.fault IS NULL THEN 'active' ELSE 'quarantined' END, a.fault,
       CASE WHEN a.fault IS NOT NULL THEN $2::timestamptz END, $2::timestamptz, $2::timestamptz
  FROM unnest($3::text[], $4::text[], $5::text[]) AS a (kind, address, fault)
  LEFT JOIN endpoint e ON e.organisation_id = $1 AND e.kind = a.kind AND e.address = a.address AND e.vendor = ''
  LEFT JOIN endpoint d ON d.organisation_id = $1 AND d.kind = a.kind AND d.address = a.address AND d.vendor <> ''
 WHERE e.id IS NULL AND d.id IS NULL
ON CONFLICT DO NOTHING`;

/**
 * The endpoints named one by one: raw addresses on the channel they were given for, endpoint ids and aliases on every channel of
 * their kind. Of several people behind one address the first active one stands for all, since the address gets the message once.
 *
 * $1 organisation, per address: $2 channel, $3 kind, $4 address; $5 endpoint ids, the message's channels: $6 ids, $7 kinds;
 * excluded: $8 recipients, $9 groups; $10 aliases
 */
export const FIND_EXPLICIT = `
SELECT t.channel_id AS "channelId", t.id, t.vendor, t.environment, t.recipient_id AS "recipientId", t.status, t.quarantine_reason AS reason
  FROM (SELECT DISTINCT ON (a.channel_id, a.address) a.channel_id, e.id, e.vendor, e.environment, e.recipient_id, e.status, e.quarantine_reason
          FROM unnest($2::int[], $3::text[], $4::text[]) AS a (channel_id, kind, address)
         CROSS JOIN LATERAL ${AT_ADDRESS} e
         ORDER BY a.channel_id, a.address, e.status, e.id) t
 WHERE NOT (coalesce(t.recipient_id, 0) = ANY ($8::bigint[]))
   AND NOT EXISTS (SELECT FROM membership x
                    WHERE x.organisation_id = $1 AND x.group_id = ANY ($9::int[]) AND x.recipient_id = t.recipient_id)
UNION
SELECT c.channel_id, e.id, e.vendor, e.environment, e.recipient_id, e.status, e.quarantine_reason
  FROM ${BY_ID_OR_ALIAS} e
  JOIN unnest($6::int[], $7::text[]) AS c (channel_id, kind) ON c.kind = e.kind
 WHERE NOT (coalesce(e.recipient_id, 0) = ANY ($8::bigint[]))
   AND NOT EXISTS (SELECT FROM membership x
                    WHERE x.organisation_id = $1 AND x.group_id = ANY ($9::int[]) AND x.recipient_id = e.recipient_id)`;

/** Batches for endpoints that were chosen one by one: $11 channels, $12 accounts, $13 batch sizes, $14 endpoints, $15 whose they are, position by position. */
export const PLAN_EXPLICIT = `
WITH target AS (
  SELECT channel_id, account_id, batch_size, id, recipient_id
    FROM unnest($11::int[], $12::int[], $13::int[], $14::bigint[], $15::bigint[]) AS t (channel_id, account_id, batch_size, id, recipient_id)
   WHERE $5::bigint IS NULL),
${writeBatches(false)}`;

/**
 * The deliveries of endpoints that are known to be unusable: failed at once, with the reason.
 *
 * $1 organisation, $2 message, $3 day, $4 now, $5 template, per endpoint: $6 channel, $7 account, $8 endpoint, $9 recipient, $10 reason
 */
export const FAIL_UNUSABLE = `
WITH written AS (
  INSERT INTO delivery (organisation_id, day, message_id, channel_id, endpoint_id, vendor_account_id, recipient_id, state, reason,
                        attempts, created_at, failed_at)
  SELECT $1, $3, $2, u.channel_id, u.endpoint_id, u.account_id, u.recipient_id, 'failed', u.reason, 0, $4, $4
    FROM unnest($6::int[], $7::int[], $8::bigint[], $9::bigint[], $10::text[]) AS u (channel_id, account_id, endpoint_id, recipient_id, reason)
  ON CONFLICT DO NOTHING
  RETURNING channel_id, vendor_account_id),
counted AS (SELECT channel_id, vendor_account_id, count(*) AS failed FROM written GROUP BY 1, 2 ORDER BY 1, 2),
message_counter AS (
  INSERT INTO message_statistic AS s (organisation_id, message_id, channel_id, vendor_account_id, target, sent, delivered, read, failed, unknown)
  SELECT $1, $2, channel_id, vendor_account_id, failed, 0, 0, 0, failed, 0 FROM counted
  ON CONFLICT (organisation_id, message_id, channel_id, vendor_account_id)
  DO UPDATE SET target = s.target + excluded.target, failed = s.failed + excluded.failed)
INSERT INTO daily_statistic AS s
       (organisation_id, day, channel_id, vendor_account_id, template_id, shard, target, sent, delivered, read, failed, unknown)
SELECT $1, $3, channel_id, vendor_account_id, $5, 0, failed, 0, 0, 0, failed, 0 FROM counted
ON CONFLICT (organisation_id, day, channel_id, vendor_account_id, template_id, shard)
DO UPDATE SET target = s.target + excluded.target, failed = s.failed + excluded.failed`;
