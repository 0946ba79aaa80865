import { IS_DEVICE, onPlatforms } from './audience-devices.js';
import { takesDevice } from './takes-device.js';

/** Which parts of the plan statement a message needs; leaving out the others keeps the plan simple. */
export interface WindowShape {
  /** Everyone in the window, instead of the selected ones. */
  all: boolean;
  /** The window is a part of many recipients, to be read as a range; otherwise the few selected are looked up one by one. */
  wide: boolean;
  /** Somebody is excluded. */
  excludes: boolean;
  /** Endpoints were planned by address before and are left out here. */
  explicit: boolean;
  /** Only devices of some platforms ($24). */
  platforms: boolean;
  /** Of each person's devices on a channel only the one registered last. */
  latest: boolean;
}

/** The selected people, each once; the window is repeated inside, or every window would read all members of large groups. */
const selected = (wide: boolean): string => `(
          SELECT id FROM unnest($11::bigint[]) AS named (id) WHERE id > $5 AND id <= $6
           UNION
          SELECT m.recipient_id FROM membership m
           WHERE m.organisation_id = $1 AND m.group_id = ANY ($12::int[])${wide ? ' AND m.recipient_id > $5 AND m.recipient_id <= $6' : ''}) selected`;

/**
 * The people of the window with their endpoints. A few are looked up one by one, which OFFSET 0 keeps Postgres to: it expects more
 * members of a group than there are, or, of tables that were just filled, fewer rows than there are, and would read all of them.
 */
function people({ all, wide }: WindowShape): string {
  if (wide)
    return `recipient r${all ? '' : ` JOIN ${selected(wide)} ON selected.id = r.id`}
    JOIN endpoint e ON ${ENDPOINT} AND e.recipient_id = r.id AND e.recipient_id > $5 AND e.recipient_id <= $6`;
  return `${selected(wide)}
   CROSS JOIN LATERAL (SELECT * FROM recipient WHERE organisation_id = $1 AND id = selected.id OFFSET 0) r
   CROSS JOIN LATERAL (SELECT * FROM endpoint e WHERE ${ENDPOINT} AND e.recipient_id = selected.id OFFSET 0) e`;
}

const ENDPOINT = `e.organisation_id = $1 AND e.kind = ANY ($18) AND e.status = 'active'`;

const NOT_EXCLUDED = `
     AND NOT (r.id = ANY ($13::bigint[]))
     AND NOT EXISTS (SELECT FROM membership x
                      WHERE x.organisation_id = $1 AND x.group_id = ANY ($14::int[]) AND x.recipient_id = r.id)`;

const NOT_EXPLICIT = `
   WHERE NOT EXISTS (SELECT FROM unnest($15::int[], $16::bigint[]) AS x (channel_id, endpoint_id)
                      WHERE x.channel_id = c.channel_id AND x.endpoint_id = chosen.id)`;

/** Parameters that a shape does not use are still bound; this keeps their types known. */
const UNUSED = `($11::bigint[], $12::int[], $13::bigint[], $14::int[], $15::int[], $16::bigint[]) IS NOT NULL`;

/** One endpoint of a person on a channel whose kind is a device's or where one is enough; any other kind by itself. */
const ONE = `p.channel_id, CASE WHEN p.single OR ${IS_DEVICE} THEN -e.recipient_id ELSE e.id END`;
const LATEST = `DISTINCT ON (${ONE})`;
const LATEST_FIRST = `ORDER BY ${ONE}, CASE WHEN ${IS_DEVICE} THEN e.updated_at END DESC, CASE WHEN ${IS_DEVICE} THEN -e.id ELSE e.id END`;

/**
 * The chosen endpoints become batches, the counters learn the targets, and the message's cursor moves, all or nothing, and only
 * while the lease holds. The message is locked when all is chosen, since whoever records its earlier batches waits for that lock.
 * `release` gives the message back, so that others have their turn before its next window. Expects a CTE
 * \`target (channel_id, account_id, batch_size, id, recipient_id)\`.
 *
 * $2 message, $3 lease, $4 now, $6 new cursor, $7 last window?, $8 priority, $9 day, $10 template
 */
export const writeBatches = (release: boolean): string => `
listed AS (
  SELECT channel_id, account_id, batch_size, array_agg(id ORDER BY id) AS ids,
         array_agg(recipient_id ORDER BY id) AS people
    FROM target GROUP BY channel_id, account_id, batch_size),
held AS (
  SELECT id FROM message
   WHERE organisation_id = $1 AND id = $2 AND lease = $3 AND state = 'planning' AND (SELECT count(*) FROM listed) >= 0
     FOR UPDATE),
inserted AS (
  INSERT INTO batch (organisation_id, message_id, channel_id, vendor_account_id, attempt, priority, ready_at, lease, endpoint_ids,
                     recipient_ids)
  SELECT $1, $2, l.channel_id, l.account_id, 1, $8, $4, NULL, l.ids[n * l.batch_size + 1:(n + 1) * l.batch_size],
         l.people[n * l.batch_size + 1:(n + 1) * l.batch_size]
    FROM listed l CROSS JOIN held CROSS JOIN LATERAL generate_series(0, (cardinality(l.ids) - 1) / l.batch_size) AS n
  RETURNING channel_id, vendor_account_id, cardinality(endpoint_ids) AS size),
total AS (
  SELECT channel_id, vendor_account_id, sum(size) AS target, count(*) AS batches FROM inserted GROUP BY 1, 2),
message_counter AS (
  INSERT INTO message_statistic AS s (organisation_id, message_id, channel_id, vendor_account_id, target, sent, delivered, read, failed, unknown)
  SELECT $1, $2, channel_id, vendor_account_id, target, 0, 0, 0, 0, 0 FROM total ORDER BY channel_id, vendor_account_id
  ON CONFLICT (organisation_id, message_id, channel_id, vendor_account_id) DO UPDATE SET target = s.target + excluded.target),
day_counter AS (
  INSERT INTO daily_statistic AS s
         (organisation_id, day, channel_id, vendor_account_id, template_id, shard, target, sent, delivered, read, failed, unknown)
  SELECT $1, $9::date, channel_id, vendor_account_id, $10, 0, target, 0, 0, 0, 0, 0 FROM total ORDER BY channel_id, vendor_account_id
  ON CONFLICT (organisation_id, day, channel_id, vendor_account_id, template_id, shard)
  DO UPDATE SET target = s.target + excluded.target)
UPDATE message
   SET plan_cursor = $6,
       open_batches = open_batches + (SELECT coalesce(sum(batches), 0) FROM total),
       state = CASE WHEN NOT $7::boolean THEN state
                    WHEN open_batches + (SELECT coalesce(sum(batches), 0) FROM total) = 0 THEN 'done' ELSE 'sending' END,
       planned_at = CASE WHEN $7::boolean THEN $4::timestamptz END,
       finished_at = CASE WHEN $7::boolean AND open_batches + (SELECT coalesce(sum(batches), 0) FROM total) = 0 THEN $4::timestamptz END,
       ${release ? 'lease = NULL, ready_at = $4::timestamptz' : 'lease = lease'}
 WHERE organisation_id = $1 AND id = $2 AND lease = $3 AND state = 'planning'
RETURNING (SELECT coalesce(sum(batches), 0) FROM total)::int AS batches`;

/** The route rows as a relation: for each channel, which account takes endpoints of which device vendor. */
const ROUTE = `
route AS (
  SELECT * FROM unnest($17::int[], $18::text[], $19::int[], $20::text[], $21::text[], $22::int[], $23::boolean[]) WITH ORDINALITY
             AS p (channel_id, kind, account_id, serves, before, batch_size, single, line))`;

/**
 * Plans the recipients with ids in ($5, $6]: selectors become distinct endpoints, endpoints become batches. The window is a range
 * of recipient ids, so a message of any size is planned in steps of bounded size, each resumable from the saved cursor.
 *
 * A wide window is also put on the endpoints, or Postgres reads all of them for every window; it runs under HASH_JOINS. Of a
 * person's several phones the earliest is taken by the grouping; a NOT EXISTS per row costs an index look-up each.
 *
 * Of a person's devices on a channel, whichever account takes them, the last is taken by a sort of the window's own rows.
 *
 * Rejected: LIMIT over the joined selectors per slice, which sorts what is left of the audience again for every slice.
 */
export function planWindow(shape: WindowShape): string {
  return `
WITH ${ROUTE},
chosen AS (
  SELECT ${shape.latest ? `${LATEST} p.line, e.id, e.recipient_id` : 'p.line, min(e.id) AS id, min(e.recipient_id) AS recipient_id'}
    FROM ${people(shape)}
    JOIN route p ON p.kind = e.kind
     AND ${takesDevice('e')}
   WHERE r.organisation_id = $1 AND r.enabled AND ${UNUSED}
${shape.wide ? '     AND r.id > $5 AND r.id <= $6' : ''}${shape.excludes ? NOT_EXCLUDED : ''}${
    shape.platforms ? `\n     AND ${onPlatforms('$24')}` : ''
  }
   ${shape.latest ? LATEST_FIRST : 'GROUP BY p.line, CASE WHEN p.single THEN -e.recipient_id ELSE e.id END'}),
target AS (
  SELECT c.channel_id, c.account_id, c.batch_size, chosen.id, chosen.recipient_id
    FROM chosen JOIN route c USING (line)${shape.explicit ? NOT_EXPLICIT : ''}),
${writeBatches(true)}`;
}
