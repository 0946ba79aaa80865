import { prepared } from '../../database/prepared.js';
/**
 * Plans many small messages at once: each names a few people by id, and nothing else. Endpoints become one batch per message,
 * channel and account; counters and states move in the same statement, for the messages that this lease still holds.
 *
 * Rejected: the window statement once per message, which makes planning the bottleneck of many single sends.
 *
 * $1 organisation, $2 lease, $3 now, messages: $4 ids, $5 priorities, $6 days, $7 templates;
 * people: $8 message, $9 recipient; route: $10 message, $11 channel, $12 kind, $13 account, $14 serves, $15 before, $16 single
 */
export const PLAN_FEW = prepared(
  'plan-few',
  `
WITH held AS MATERIALIZED (
  SELECT id FROM message
   WHERE organisation_id = $1 AND id = ANY ($4::bigint[]) AND lease = $2 AND state = 'planning' ORDER BY id FOR UPDATE),
planned AS (
  SELECT i.* FROM unnest($4::bigint[], $5::smallint[], $6::date[], $7::int[]) AS i (message_id, priority, day, template_id)
    JOIN held ON held.id = i.message_id),
route AS (
  SELECT * FROM unnest($10::bigint[], $11::int[], $12::text[], $13::int[], $14::text[], $15::text[], $16::boolean[])
             AS p (message_id, channel_id, kind, account_id, serves, before, single)),
chosen AS (
  SELECT w.message_id, p.channel_id, p.account_id, min(e.id) AS id, min(e.recipient_id) AS recipient_id
    FROM unnest($8::bigint[], $9::bigint[]) AS w (message_id, recipient_id)
    JOIN recipient r ON r.organisation_id = $1 AND r.id = w.recipient_id AND r.enabled
    JOIN endpoint e ON e.organisation_id = $1 AND e.recipient_id = r.id AND e.status = 'active'
    JOIN route p ON p.message_id = w.message_id AND p.kind = e.kind
     AND (p.serves = e.vendor OR (p.serves = '' AND position('|' || e.vendor || '|' IN p.before) = 0))
   GROUP BY w.message_id, p.channel_id, p.account_id, CASE WHEN p.single THEN -e.recipient_id ELSE e.id END),
inserted AS (
  INSERT INTO batch (organisation_id, message_id, channel_id, vendor_account_id, attempt, priority, ready_at, lease, endpoint_ids,
                     recipient_ids)
  SELECT $1, c.message_id, c.channel_id, c.account_id, 1, p.priority, $3, NULL, array_agg(c.id ORDER BY c.id),
         array_agg(c.recipient_id ORDER BY c.id)
    FROM chosen c JOIN planned p USING (message_id)
   GROUP BY c.message_id, c.channel_id, c.account_id, p.priority
  RETURNING message_id, channel_id, vendor_account_id, cardinality(endpoint_ids) AS size),
message_counter AS (
  INSERT INTO message_statistic (organisation_id, message_id, channel_id, vendor_account_id, target, sent, delivered, read, failed, unknown)
  SELECT $1, message_id, channel_id, vendor_account_id, size, 0, 0, 0, 0, 0 FROM inserted ORDER BY 2, 3, 4),
day_counter AS (
  INSERT INTO daily_statistic AS s
         (organisation_id, day, channel_id, vendor_account_id, template_id, shard, target, sent, delivered, read, failed, unknown)
  SELECT $1, p.day, i.channel_id, i.vendor_account_id, p.template_id, 0, sum(i.size), 0, 0, 0, 0, 0
    FROM inserted i JOIN planned p USING (message_id) GROUP BY 2, 3, 4, 5 ORDER BY 2, 3, 4, 5
  ON CONFLICT (organisation_id, day, channel_id, vendor_account_id, template_id, shard)
  DO UPDATE SET target = s.target + excluded.target)
UPDATE message m
   SET plan_cursor = 0, open_batches = made.batches, state = CASE WHEN made.batches = 0 THEN 'done' ELSE 'sending' END,
       planned_at = $3, finished_at = CASE WHEN made.batches = 0 THEN $3::timestamptz END, lease = NULL
  FROM (SELECT p.message_id, count(i.message_id) AS batches
          FROM planned p LEFT JOIN inserted i USING (message_id) GROUP BY p.message_id) made
 WHERE m.organisation_id = $1 AND m.id = made.message_id AND m.lease = $2
RETURNING m.id`,
);
