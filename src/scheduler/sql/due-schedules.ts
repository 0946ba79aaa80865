/** Of an organisation or application that is switched off, nothing is sent. */
const RUNNING = `
  FROM schedule s JOIN organisation o ON o.id = s.organisation_id AND o.enabled
 WHERE s.state = 'active'
   AND (s.application_id IS NULL OR EXISTS (
         SELECT FROM application a WHERE a.organisation_id = s.organisation_id AND a.id = s.application_id AND a.enabled))`;

/**
 * Which schedules have a run to make, over all organisations, the longest due first. They are not locked: a run's dedup key makes it once
 * however many processes try, and a lock would have to be held while the message is accepted.
 *
 * $1 now, $2 how many
 */
export const DUE_SCHEDULES = `
SELECT s.organisation_id AS "organisationId", s.id ${RUNNING} AND s.next_at <= $1
 ORDER BY s.next_at LIMIT $2`;

/** When the next run after $1 falls due, over all organisations. */
export const NEXT_DUE_SCHEDULE = `
SELECT s.next_at AS at ${RUNNING} AND s.next_at > $1
 ORDER BY s.next_at LIMIT 1`;
