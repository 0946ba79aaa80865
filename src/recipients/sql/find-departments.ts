/** Departments by exact code. $1 organisation, $2 codes */
export const FIND_DEPARTMENTS = `
SELECT code FROM recipient_group WHERE organisation_id = $1 AND kind = 'department' AND code = ANY ($2::text[])`;
