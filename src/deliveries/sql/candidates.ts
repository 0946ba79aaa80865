import { numbered, selectedDeliveries, type SelectionKind } from './selected-deliveries.js';

/** Makes the CTE `candidate`, whose parameters start at `$first`. */
export type Candidates = (first: number) => string;

const COLUMNS = `d.message_id, d.channel_id, d.endpoint_id, d.day, d.vendor_account_id, d.attempts, d.created_at, d.state AS old_state, d.reason`;

/**
 * The next of a selection in the order of their key, locked: whoever else works on the same ones waits, and then finds them changed.
 *
 * From `$first` on: as for `selectedDeliveries`, then after message, channel, endpoint, and how many
 */
export const selectedCandidates =
  (kind: SelectionKind): Candidates =>
  (first) => {
    const [message, channel, endpoint, limit] = numbered(first + 7, 4);
    return `
candidate AS MATERIALIZED (
  SELECT ${COLUMNS}
    FROM delivery d
   WHERE ${selectedDeliveries(kind, first)}
     AND (d.message_id, d.channel_id, d.endpoint_id) > (${message}::bigint, ${channel}::int, ${endpoint}::bigint)
   ORDER BY d.message_id, d.channel_id, d.endpoint_id LIMIT ${limit} FOR UPDATE)`;
  };

/**
 * Deliveries named one by one, those that are unknown, locked. From `$first` on: application (null: any), per delivery message, channel
 * and endpoint
 */
export const namedCandidates: Candidates = (first) => {
  const [application, messages, channels, endpoints] = numbered(first, 4);
  return `
named AS MATERIALIZED (
  SELECT DISTINCT n.message_id, n.channel_id, n.endpoint_id, m.day
    FROM unnest(${messages}::bigint[], ${channels}::int[], ${endpoints}::bigint[]) AS n (message_id, channel_id, endpoint_id)
    JOIN message m ON m.organisation_id = $1 AND m.id = n.message_id AND (${application}::int IS NULL OR m.application_id = ${application})
   ORDER BY n.message_id, n.channel_id, n.endpoint_id),
candidate AS MATERIALIZED (
  SELECT d.* FROM named n
   CROSS JOIN LATERAL (
         SELECT ${COLUMNS} FROM delivery d
          WHERE d.organisation_id = $1 AND d.day = n.day AND d.message_id = n.message_id AND d.channel_id = n.channel_id
            AND d.endpoint_id = n.endpoint_id AND d.state = 'unknown'
          LIMIT 1 FOR UPDATE) d)`;
};

/** What a statement over `candidate` and `moved` answers: how many it saw and changed, and the last one seen. */
export const SLICE = `
       (SELECT count(*) FROM candidate)::int AS seen, (SELECT count(*) FROM moved)::int AS moved,
       last.message_id AS "messageId", last.channel_id AS "channelId", last.endpoint_id AS "endpointId"
  FROM (SELECT) AS one
  LEFT JOIN (SELECT message_id, channel_id, endpoint_id FROM candidate
              ORDER BY message_id DESC, channel_id DESC, endpoint_id DESC LIMIT 1) last ON true`;
