/**
 * Puts off the end of the lease of batches that are still being sent; those recorded meanwhile are gone and do not matter.
 *
 * $1 organisation, $2 batch ids, $3 lease, $4 its new end
 */
export const RENEW_BATCHES =
  'UPDATE batch SET ready_at = $4 WHERE organisation_id = $1 AND id = ANY ($2::bigint[]) AND lease = $3';

/**
 * The same for messages that are still being planned. One that is locked is left out: its plan is just being written, and nobody
 * can claim it before that ends; waiting for it could be a deadlock with the statement that plans many at once.
 *
 * $1 organisation, $2 message ids, $3 lease, $4 its new end
 */
export const RENEW_MESSAGES = `
UPDATE message SET ready_at = $4
 WHERE organisation_id = $1
   AND id IN (SELECT id FROM message
               WHERE organisation_id = $1 AND id = ANY ($2::bigint[]) AND lease = $3 AND state = 'planning'
                 FOR UPDATE SKIP LOCKED)`;
