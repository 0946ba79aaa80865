/** The endpoints of claimed batches with the people behind them, in one query. $1 organisation, $2 endpoint ids */
export const LOAD_ENDPOINTS = `
SELECT e.id, e.address, e.status = 'active' AS active, e.quarantine_reason AS reason, e.recipient_id AS "recipientId",
       r.locale, r.code, r.name, r.attributes
  FROM endpoint e
  LEFT JOIN recipient r ON r.organisation_id = $1 AND r.id = e.recipient_id
 WHERE e.organisation_id = $1 AND e.id = ANY ($2::bigint[])`;

/** The same where nothing is said of the person: half the work. */
export const LOAD_ADDRESSES = `
SELECT id, address, status = 'active' AS active, quarantine_reason AS reason, recipient_id AS "recipientId",
       NULL AS locale, NULL AS code, NULL AS name, NULL AS attributes
  FROM endpoint
 WHERE organisation_id = $1 AND id = ANY ($2::bigint[])`;
