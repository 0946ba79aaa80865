/** Frees one place that was taken at an instant, though several may have been. $1 organisation, $2 name, $3 when it was taken */
export const GIVE_PLACE_BACK = `
UPDATE rate_window
   SET taken_at = taken_at[:array_position(taken_at, $3::timestamptz) - 1] || taken_at[array_position(taken_at, $3::timestamptz) + 1:]
 WHERE organisation_id = $1 AND name = $2::text AND $3::timestamptz = ANY (taken_at)`;
