import { prepared } from '../../database/prepared.js';

/**
 * Claims messages that may be planned now, most urgent first. `ready_at` doubles as the end of the lease, so a message whose
 * planner died is claimed again by this same statement, and no sweeper is needed.
 *
 * The day becomes text outside of RETURNING, where Citus takes immutable functions only.
 *
 * $1 organisation, $2 lease, $3 now, $4 end of the lease, $5 how many, $6 today (UTC; the partition of its deliveries),
 * $7 lowest priority to take (0 urgent … 2 low)
 */
export const CLAIM_MESSAGES = prepared(
  'claim-messages',
  `
WITH due AS MATERIALIZED (
  SELECT id FROM message
   WHERE organisation_id = $1 AND state IN ('scheduled', 'accepted', 'planning') AND priority <= $7 AND ready_at <= $3
   ORDER BY priority, ready_at LIMIT $5
     FOR UPDATE SKIP LOCKED),
claimed AS (
  UPDATE message m
     SET state = CASE WHEN m.expires_at <= $3 THEN 'expired' ELSE 'planning' END,
         finished_at = CASE WHEN m.expires_at <= $3 THEN $3 END,
         lease = $2, ready_at = $4, day = coalesce(m.day, $6::date)
    FROM due
   WHERE m.organisation_id = $1 AND m.id = due.id
  RETURNING m.id, m.state, m.priority, m.audience, m.channels, m.plan_cursor, m.day, m.template_id)
SELECT id, state, priority, audience, channels, plan_cursor AS "planCursor", day::text AS day, template_id AS "templateId"
  FROM claimed`,
);
