/** Every change of a message starts here: the planner and the recorder wait for this row, and what they did before is seen after. */
export const LOCK_MESSAGE = `
SELECT id, state, send_at AS "sendAt", expires_at AS "expiresAt" FROM message
 WHERE organisation_id = $1 AND ($2::int IS NULL OR application_id = $2) AND id = $3
   FOR UPDATE`;

/**
 * Ends a message whose row is locked: batches that nobody is sending go, those under a lease are recorded by whoever holds it.
 * A statement of its own, since only one that starts after the lock was got sees what the planner wrote before it.
 *
 * SKIP LOCKED: a batch that is locked is just being claimed (it will be leased) or recorded (it will be gone, and its recorder waits
 * for our message); waiting for it would be a deadlock.
 *
 * $1 organisation, $2 message, $3 now
 */
export const CANCEL_MESSAGE = `
WITH dropped AS (
  DELETE FROM batch b
   USING (SELECT id FROM batch WHERE organisation_id = $1 AND message_id = $2 AND lease IS NULL ORDER BY id FOR UPDATE SKIP LOCKED) free
   WHERE b.organisation_id = $1 AND b.id = free.id
  RETURNING cardinality(b.endpoint_ids) AS size)
UPDATE message
   SET state = 'cancelled', finished_at = $3, lease = NULL, open_batches = open_batches - (SELECT count(*) FROM dropped)
 WHERE organisation_id = $1 AND id = $2
RETURNING (SELECT coalesce(sum(size), 0) FROM dropped)::float8 AS unsent`;

/** What a cancelled message left unsent, from its counters. $1 organisation, $2 message */
export const COUNT_UNSENT = `
SELECT coalesce(sum(target - sent - failed - unknown), 0)::float8 AS unsent
  FROM message_statistic WHERE organisation_id = $1 AND message_id = $2`;

/** $1 organisation, $2 message, $3 when to send, $4 expiry */
export const RESCHEDULE_MESSAGE = `
UPDATE message SET send_at = $3, ready_at = $3, expires_at = $4 WHERE organisation_id = $1 AND id = $2`;
