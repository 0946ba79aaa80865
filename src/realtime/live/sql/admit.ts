/**
 * All that is asked of a person who wants to connect, in one query: whether they, the organisation and the application may, which inbox
 * is theirs, and which endpoint is the device.
 *
 * $1 organisation, $2 recipient, $3 application (null: any), $4 device (null: none)
 */
export const ADMIT = `
SELECT r.code, r.name, r.locale, r.attributes, o.locale AS "organisationLocale", r.enabled AS "recipientEnabled",
       o.enabled AS "organisationEnabled",
       $3::int IS NULL OR EXISTS (
         SELECT FROM application a WHERE a.organisation_id = $1 AND a.id = $3 AND a.enabled) AS "applicationEnabled",
       (SELECT e.id FROM endpoint e
         WHERE e.organisation_id = $1 AND e.recipient_id = $2 AND e.kind = 'inbox' ORDER BY e.id LIMIT 1) AS "inboxId",
       (SELECT e.id FROM endpoint e
         WHERE e.organisation_id = $1 AND e.device = $4 AND e.recipient_id = $2 AND e.kind = 'push' LIMIT 1) AS "endpointId"
  FROM recipient r JOIN organisation o ON o.id = $1
 WHERE r.organisation_id = $1 AND r.id = $2`;
