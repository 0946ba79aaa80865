import { IS_DEVICE, onPlatforms } from '../../sql/audience-devices.js';
import { takesDevice } from '../../sql/takes-device.js';

/** What of the statement a message needs. */
export interface PreviewShape {
  /** Everyone, instead of the selected ones. */
  all: boolean;
  /** Only devices of some platforms ($15). */
  platforms: boolean;
  /** Of each person's devices on a channel only the one registered last. */
  latest: boolean;
}

/** UNION, and not IN as the planner has it: over a whole audience Postgres must know how many there are to join them well. */
const SELECTED = `(
  SELECT unnest($2::bigint[]) AS id
  UNION
  SELECT m.recipient_id FROM membership m WHERE m.organisation_id = $1 AND m.group_id = ANY ($3::int[])) s
    JOIN recipient r ON r.id = s.id`;

/** Bound although unused, so that their types are known. */
const UNUSED = `($2::bigint[], $3::int[]) IS NOT NULL`;

/**
 * Counts what the planner would do with the people of an audience: the conditions are those of plan-window.ts, in one go and
 * without writing. Everything is counted inside Postgres; the answer has a few rows however many people there are.
 *
 * Rejected: running the planner in a transaction that is rolled back, which writes the batches of a million people to forget them.
 *
 * $1 organisation, selected: $2 recipients, $3 groups; excluded: $4 recipients, $5 groups; endpoints named one by one, counted
 * elsewhere: $6 channels, $7 endpoints; the message's channels: $8 ids, $9 kinds; the route, line by line: $10 channels,
 * $11 accounts, $12 device vendors served, $13 vendors served before, $14 one address per person
 */
export function previewAudience({ all, platforms, latest }: PreviewShape): string {
  const fits = platforms ? onPlatforms('$15') : 'true';
  const one = `channel_id, CASE WHEN device THEN -recipient_id ELSE id END`;
  return `
WITH channel AS (SELECT * FROM unnest($8::int[], $9::text[]) AS c (channel_id, kind)),
route AS (
  SELECT * FROM unnest($10::int[], $11::int[], $12::text[], $13::text[], $14::boolean[]) AS p (channel_id, account_id, serves, before, single)),
excluded AS (
  SELECT unnest($4::bigint[]) AS id
  UNION
  SELECT m.recipient_id FROM membership m WHERE m.organisation_id = $1 AND m.group_id = ANY ($5::int[])),
named AS MATERIALIZED (
  SELECT r.id, r.enabled, x.id IS NOT NULL AS excluded
    FROM ${all ? 'recipient r' : SELECTED}
    LEFT JOIN excluded x ON x.id = r.id
   WHERE r.organisation_id = $1 AND ${UNUSED}),
found AS MATERIALIZED (
  SELECT c.channel_id, n.id AS recipient_id, e.id, ${fits} AS fits, e.status = 'active' AND ${fits} AS active,
         ${IS_DEVICE} AS device, e.updated_at, p.account_id, p.single
    FROM named n
    JOIN endpoint e ON e.organisation_id = $1 AND e.recipient_id = n.id AND e.kind = ANY ($9)
    JOIN channel c ON c.kind = e.kind
    LEFT JOIN route p ON p.channel_id = c.channel_id
     AND ${takesDevice('e')}
   WHERE n.enabled AND NOT n.excluded),
reached AS (
  SELECT channel_id, recipient_id, bool_or(fits) AS fits, bool_or(active) AS active, bool_or(active AND account_id IS NOT NULL) AS routed,
         min(id) FILTER (WHERE active) AS first, max(account_id) FILTER (WHERE single) AS single_account
    FROM found GROUP BY channel_id, recipient_id),
target AS (
  (SELECT ${latest ? `DISTINCT ON (${one}) ` : ''}channel_id, account_id, id FROM found
    WHERE active AND account_id IS NOT NULL AND NOT single${latest ? ` ORDER BY ${one}, updated_at DESC, id DESC` : ''})
  UNION ALL
  SELECT channel_id, single_account, first FROM reached WHERE active AND single_account IS NOT NULL),
person AS (SELECT count(*) AS total, min(id) AS first FROM named WHERE enabled AND NOT excluded)
SELECT 'target' AS what, t.channel_id AS "channelId", t.account_id AS "accountId", count(*)::float8 AS count, NULL::bigint AS first
  FROM target t
 WHERE NOT EXISTS (SELECT FROM unnest($6::int[], $7::bigint[]) AS x (channel_id, endpoint_id)
                    WHERE x.channel_id = t.channel_id AND x.endpoint_id = t.id)
 GROUP BY 2, 3
UNION ALL
SELECT CASE WHEN active THEN 'no-route' WHEN fits THEN 'quarantined' ELSE 'platform-filtered' END, channel_id, NULL, count(*), NULL
  FROM reached WHERE NOT routed GROUP BY 1, 2
UNION ALL
SELECT 'no-endpoint', c.channel_id, NULL, p.total - (SELECT count(*) FROM reached r WHERE r.channel_id = c.channel_id), NULL
  FROM channel c CROSS JOIN person p
UNION ALL
SELECT CASE WHEN excluded THEN 'excluded' ELSE 'recipient-disabled' END, c.channel_id, NULL, n.count, NULL
  FROM channel c CROSS JOIN (SELECT excluded, count(*) FROM named WHERE excluded OR NOT enabled GROUP BY excluded) n
UNION ALL
SELECT 'recipients', NULL, NULL, total, first FROM person`;
}
