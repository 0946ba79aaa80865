/**
 * Ends messages of one organisation that count as being sent although no batch of theirs is left. Recording ends every message itself;
 * this is the net below it.
 *
 * $1 organisation, $2 now, $3 planned before
 */
export const FINISH_MESSAGES = `
UPDATE message m SET state = 'done', open_batches = 0, finished_at = $2
 WHERE m.organisation_id = $1 AND m.state = 'sending' AND m.planned_at < $3
   AND NOT EXISTS (SELECT FROM batch b WHERE b.organisation_id = $1 AND b.message_id = m.id)
RETURNING m.id`;
