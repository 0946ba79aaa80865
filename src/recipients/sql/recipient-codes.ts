/** Codes of people by id, of those who exist. $1 organisation, $2 ids */
export const RECIPIENT_CODES = 'SELECT id, code FROM recipient WHERE organisation_id = $1 AND id = ANY ($2::bigint[])';
