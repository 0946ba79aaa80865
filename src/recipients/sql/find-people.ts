/**
 * People by code, upper and lower case being the same. Of several who differ in case alone only the one written exactly so is meant:
 * a message to the wrong person is worse than one that is told to have failed. Who is switched off is not found.
 *
 * $1 organisation, $2 codes
 */
export const FIND_PEOPLE = `
SELECT given, code
  FROM (SELECT w.given, r.code, count(*) OVER (PARTITION BY w.given) AS alike
          FROM unnest($2::text[]) AS w (given)
          JOIN recipient r ON r.organisation_id = $1 AND lower(r.code) = lower(w.given)
         WHERE r.enabled) found
 WHERE code = given OR alike = 1`;
