/** $1 organisation, $2 name, $3 when the window began, $4 places */
export const IS_WINDOW_FULL = `
SELECT (SELECT count(*) FROM unnest(taken_at) AS t WHERE t > $3::timestamptz) >= $4::int AS "isFull"
  FROM rate_window WHERE organisation_id = $1 AND name = $2::text`;
