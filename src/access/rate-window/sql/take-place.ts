/**
 * Takes a place in a sliding window when one is free, in one statement under one row's lock: of any number of processes that want the
 * last place, one gets it. A window that is full is left as it is, and no row is returned.
 *
 * Rejected: a row a place and a count before the insert, between which others may insert as well.
 *
 * $1 organisation, $2 name, $3 now, $4 when the window began, $5 places
 */
export const TAKE_PLACE = `
INSERT INTO rate_window AS w (organisation_id, name, taken_at)
VALUES ($1, $2::text, ARRAY[$3::timestamptz])
ON CONFLICT (organisation_id, name) DO UPDATE
   SET taken_at = ARRAY(SELECT t FROM unnest(w.taken_at) AS t WHERE t > $4::timestamptz) || $3::timestamptz
 WHERE (SELECT count(*) FROM unnest(w.taken_at) AS t WHERE t > $4::timestamptz) < $5::int
RETURNING true AS taken`;
