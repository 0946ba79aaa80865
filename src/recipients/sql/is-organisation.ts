/** Whether an organisation has this code, upper and lower case being the same. $1 organisation, $2 code */
export const IS_ORGANISATION = `
SELECT lower(code) = lower($2::text) AS same FROM organisation WHERE id = $1`;
