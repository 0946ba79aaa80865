import { prepared } from '../../database/prepared.js';
import { takesDevice } from './takes-device.js';

/**
 * Plans many small messages at once: each names a few people by id, and nothing else. Endpoints become one batch per message,
 * channel and account; counters and states move in the same statement, for the messages that this lease still holds.
 *
 * Postgres expects one row where hundreds are, so nothing is joined that it could join by comparing all with all: messages that are
 * alike share a plan, people and endpoints are looked up one by one, which OFFSET 0 keeps it to, and IS TRUE makes IN a hash.
 *
 * Rejected: the window statement once per message, which makes planning the bottleneck of many single sends.
 *
 * $1 organisation, $2 lease, $3 now, $4 messages; people: $5 message, $6 recipient, $7 plan;
 * what each plan's messages share, once for each account of a channel: $8 plan, $9 priority, $10 day, $11 template, $12 channel,
 * $13 kind, $14 account, $15 serves, $16 before, $17 single
 */
export const PLAN_FEW = prepared(
  'plan-few',
  `
WITH held AS MATERIALIZED (
  SELECT id FROM message
   WHERE organisation_id = $1 AND id = ANY ($4::bigint[]) AND lease = $2 AND state = 'planning' ORDER BY id FOR UPDATE),
route AS (
  SELECT * FROM unnest($8::int[], $9::smallint[], $10::date[], $11::int[], $12::int[], $13::text[], $14::int[], $15::text[], $16::text[],
                       $17::boolean[])
             AS p (plan, priority, day, template_id, channel_id, kind, account_id, serves, before, single)),
chosen AS (
  SELECT w.message_id, p.channel_id, p.account_id, p.priority, p.day, p.template_id, min(e.id) AS id, min(w.recipient_id) AS recipient_id
    FROM unnest($5::bigint[], $6::bigint[], $7::int[]) AS w (message_id, recipient_id, plan)
   CROSS JOIN LATERAL (SELECT FROM recipient WHERE organisation_id = $1 AND id = w.recipient_id AND enabled OFFSET 0) r
   CROSS JOIN LATERAL (SELECT id, kind, vendor, environment FROM endpoint
                        WHERE organisation_id = $1 AND recipient_id = w.recipient_id AND status = 'active' OFFSET 0) e
    JOIN route p ON p.plan = w.plan AND p.kind = e.kind
     AND ${takesDevice('e')}
   WHERE (w.message_id IN (SELECT id FROM held)) IS TRUE
   GROUP BY 1, 2, 3, 4, 5, 6, CASE WHEN p.single THEN -w.recipient_id ELSE e.id END),
inserted AS (
  INSERT INTO batch (organisation_id, message_id, channel_id, vendor_account_id, attempt, priority, ready_at, lease, endpoint_ids,
                     recipient_ids)
  SELECT $1, message_id, channel_id, account_id, 1, priority, $3, NULL, array_agg(id ORDER BY id), array_agg(recipient_id ORDER BY id)
    FROM chosen GROUP BY message_id, channel_id, account_id, priority
  RETURNING message_id),
message_counter AS (
  INSERT INTO message_statistic (organisation_id, message_id, channel_id, vendor_account_id, target, sent, delivered, read, failed, unknown)
  SELECT $1, message_id, channel_id, account_id, count(*), 0, 0, 0, 0, 0 FROM chosen GROUP BY 2, 3, 4 ORDER BY 2, 3, 4),
day_counter AS (
  INSERT INTO daily_statistic AS s
         (organisation_id, day, channel_id, vendor_account_id, template_id, shard, target, sent, delivered, read, failed, unknown)
  SELECT $1, day, channel_id, account_id, template_id, 0, count(*), 0, 0, 0, 0, 0 FROM chosen GROUP BY 2, 3, 4, 5 ORDER BY 2, 3, 4, 5
  ON CONFLICT (organisation_id, day, channel_id, vendor_account_id, template_id, shard)
  DO UPDATE SET target = s.target + excluded.target)
UPDATE message m
   SET plan_cursor = 0, open_batches = made.batches, state = CASE WHEN made.batches = 0 THEN 'done' ELSE 'sending' END,
       planned_at = $3, finished_at = CASE WHEN made.batches = 0 THEN $3::timestamptz END, lease = NULL
  FROM (SELECT message_id, sum(batches)::int AS batches
          FROM (SELECT id AS message_id, 0 AS batches FROM held UNION ALL SELECT message_id, 1 FROM inserted) both_kinds
         GROUP BY message_id) made
 WHERE m.organisation_id = $1 AND m.id = made.message_id AND m.lease = $2
RETURNING m.id`,
);
