import { prepared } from '../../database/prepared.js';

const UPDATE_RETRYING = `  ON CONFLICT (organisation_id, day, message_id, channel_id, endpoint_id) DO UPDATE
     SET vendor_account_id = excluded.vendor_account_id, state = excluded.state, reason = excluded.reason,
         attempts = d.attempts + 1, vendor_reference = excluded.vendor_reference, content = excluded.content,
         sent_at = excluded.sent_at, delivered_at = excluded.delivered_at, failed_at = excluded.failed_at
   WHERE d.state = 'retrying'
`;

/**
 * Records what became of claimed batches, in one statement and one round trip: closes the batches that this lease still holds,
 * writes their deliveries, queues what must go on, moves the counters, and finishes the message with its last batch. A batch that
 * another worker has taken over since contributes nothing.
 *
 * Rejected: one statement per table inside a transaction, which holds the message's row lock over five round trips.
 *
 * $1 organisation, $2 lease, $3 now, $4 batch ids, $5 counter shard,
 * outcomes, one per array position: $6 batch, $7 endpoint, $8 recipient, $9 state, $10 reason, $11 vendor's reference, $12 content,
 * follow-ups: $13 batch they come from, $14 vendor account, $15 attempt, $16 ready at, $17 endpoint ids as array text
 *
 * An array that says the same of every endpoint is sent empty (unnest fills up with nulls): $6 then means the first of $4,
 * $9 means $18, the others null.
 *
 * Batches of the planner whose endpoints all fared the same send no endpoint at all: $19 batch, $20 state, $21 reason, $22 vendor's
 * reference; the endpoints stand in the batch.
 *
 * The message's row is locked last, when all deliveries are written (`all_written`): everyone who records one of its batches needs it,
 * and would otherwise write one after the other.
 *
 * What goes on through another account counts among the targets of that one from then on.
 *
 * `first`: every batch comes from the planner, so no delivery can be there yet, and the look for one, a third of the insert, is left
 * out. Should one be there after all, the unique key refuses the statement, and it is to be repeated without `first`.
 */
const statement = (first: boolean): string => `
WITH closed AS (
  DELETE FROM batch b USING message m
   WHERE b.organisation_id = $1 AND b.id = ANY ($4::bigint[]) AND b.lease = $2
     AND m.organisation_id = $1 AND m.id = b.message_id
  RETURNING b.id, b.message_id, b.channel_id, b.vendor_account_id, b.attempt, b.priority, b.endpoint_ids, b.recipient_ids,
            m.day, coalesce(m.template_id, 0) AS template_id),
outcome AS (
  SELECT c.message_id, c.channel_id, c.vendor_account_id, c.attempt, c.day, c.template_id,
         o.endpoint_id, o.recipient_id, coalesce(o.state, $18) AS state, o.reason, o.vendor_reference, o.content
    FROM unnest($6::bigint[], $7::bigint[], $8::bigint[], $9::text[], $10::text[], $11::text[], $12::jsonb[])
           AS o (batch_id, endpoint_id, recipient_id, state, reason, vendor_reference, content)
    JOIN closed c ON c.id = coalesce(o.batch_id, ($4::bigint[])[1])
   UNION ALL
  SELECT c.message_id, c.channel_id, c.vendor_account_id, c.attempt, c.day, c.template_id,
         e.endpoint_id, e.recipient_id, s.state, s.reason, s.vendor_reference, NULL
    FROM unnest($19::bigint[], $20::text[], $21::text[], $22::text[]) AS s (batch_id, state, reason, vendor_reference)
    JOIN closed c ON c.id = s.batch_id
   CROSS JOIN LATERAL unnest(c.endpoint_ids, c.recipient_ids) AS e (endpoint_id, recipient_id)),
written AS (
  INSERT INTO delivery AS d (organisation_id, day, message_id, channel_id, endpoint_id, vendor_account_id, recipient_id, state, reason,
                             attempts, vendor_reference, content, created_at, sent_at, delivered_at, failed_at)
  SELECT $1, day, message_id, channel_id, endpoint_id, vendor_account_id, recipient_id, state, reason, attempt, vendor_reference, content, $3,
         CASE WHEN state IN ('sent', 'delivered') THEN $3::timestamptz END,
         CASE WHEN state = 'delivered' THEN $3::timestamptz END,
         CASE WHEN state = 'failed' THEN $3::timestamptz END
    FROM outcome
${first ? '' : UPDATE_RETRYING}  RETURNING message_id, channel_id, vendor_account_id, day, state),
follow_up AS (
  INSERT INTO batch (organisation_id, message_id, channel_id, vendor_account_id, attempt, priority, ready_at, lease, endpoint_ids)
  SELECT $1, c.message_id, c.channel_id, f.vendor_account_id, f.attempt, c.priority, f.ready_at, NULL, f.endpoint_ids::bigint[]
    FROM unnest($13::bigint[], $14::int[], $15::smallint[], $16::timestamptz[], $17::text[])
           AS f (batch_id, vendor_account_id, attempt, ready_at, endpoint_ids)
    JOIN closed c ON c.id = f.batch_id
  RETURNING message_id),
moved AS (
  SELECT c.message_id, c.channel_id, c.vendor_account_id AS left_id, f.vendor_account_id AS taker_id, c.day, c.template_id,
         sum(cardinality(f.endpoint_ids::bigint[])) AS size
    FROM unnest($13::bigint[], $14::int[], $17::text[]) AS f (batch_id, vendor_account_id, endpoint_ids)
    JOIN closed c ON c.id = f.batch_id AND c.vendor_account_id <> f.vendor_account_id
   GROUP BY 1, 2, 3, 4, 5, 6),
fared AS (
  SELECT w.message_id, w.channel_id, w.vendor_account_id, w.day, c.template_id,
         0 AS target, count(*) FILTER (WHERE w.state IN ('sent', 'delivered')) AS sent, count(*) FILTER (WHERE w.state = 'delivered') AS delivered,
         count(*) FILTER (WHERE w.state = 'failed') AS failed, count(*) FILTER (WHERE w.state = 'unknown') AS unknown
    FROM written w
    JOIN (SELECT DISTINCT message_id, template_id FROM closed) c USING (message_id)
   WHERE w.state <> 'retrying'
   GROUP BY 1, 2, 3, 4, 5),
counted AS (
  SELECT message_id, channel_id, vendor_account_id, day, template_id, sum(target) AS target, sum(sent) AS sent,
         sum(delivered) AS delivered, sum(failed) AS failed, sum(unknown) AS unknown
    FROM (SELECT * FROM fared
           UNION ALL
          SELECT message_id, channel_id, left_id, day, template_id, -size, 0, 0, 0, 0 FROM moved
           UNION ALL
          SELECT message_id, channel_id, taker_id, day, template_id, size, 0, 0, 0, 0 FROM moved) changes
   GROUP BY 1, 2, 3, 4, 5),
message_counter AS (
  INSERT INTO message_statistic AS s (organisation_id, message_id, channel_id, vendor_account_id, target, sent, delivered, read, failed, unknown)
  SELECT $1, message_id, channel_id, vendor_account_id, target, sent, delivered, 0, failed, unknown
    FROM counted ORDER BY message_id, channel_id, vendor_account_id
  ON CONFLICT (organisation_id, message_id, channel_id, vendor_account_id) DO UPDATE
     SET target = s.target + excluded.target, sent = s.sent + excluded.sent, delivered = s.delivered + excluded.delivered,
         failed = s.failed + excluded.failed, unknown = s.unknown + excluded.unknown),
day_counter AS (
  INSERT INTO daily_statistic AS s
         (organisation_id, day, channel_id, vendor_account_id, template_id, shard, target, sent, delivered, read, failed, unknown)
  SELECT $1, day, channel_id, vendor_account_id, template_id, $5, sum(target), sum(sent), sum(delivered), 0, sum(failed), sum(unknown)
    FROM counted GROUP BY day, channel_id, vendor_account_id, template_id ORDER BY day, channel_id, vendor_account_id, template_id
  ON CONFLICT (organisation_id, day, channel_id, vendor_account_id, template_id, shard) DO UPDATE
     SET target = s.target + excluded.target, sent = s.sent + excluded.sent, delivered = s.delivered + excluded.delivered,
         failed = s.failed + excluded.failed, unknown = s.unknown + excluded.unknown),
change AS (
  SELECT message_id, count(*) - (SELECT count(*) FROM follow_up f WHERE f.message_id = closed.message_id) AS finished
    FROM closed GROUP BY message_id ORDER BY message_id)
UPDATE message m
   SET open_batches = m.open_batches - change.finished,
       state = CASE WHEN m.state = 'sending' AND m.open_batches = change.finished THEN 'done' ELSE m.state END,
       finished_at = CASE WHEN m.state = 'sending' AND m.open_batches = change.finished THEN $3::timestamptz ELSE m.finished_at END
  FROM change CROSS JOIN (SELECT count(*) FROM written) all_written
 WHERE m.organisation_id = $1 AND m.id = change.message_id
RETURNING m.id`;

const FIRST = prepared('record-first', statement(true));
const AGAIN = prepared('record-again', statement(false));

export const recordOutcomes = (first: boolean): string => (first ? FIRST : AGAIN);
