/** $1 organisation, $2 recipient */
export const PERSON_GROUPS = `
SELECT g.id, g.kind, g.code, g.path FROM membership m
  JOIN recipient_group g ON g.organisation_id = $1 AND g.id = m.group_id
 WHERE m.organisation_id = $1 AND m.recipient_id = $2
 ORDER BY g.kind, g.code`;

/** Codes of departments. $1 organisation, $2 ids */
export const DEPARTMENT_CODES = `
SELECT id, code FROM recipient_group WHERE organisation_id = $1 AND id = ANY ($2::int[])`;

/** Which of some endpoints wait in a batch of a message. $1 organisation, $2 message, $3 endpoints */
export const QUEUED_ENDPOINTS = `
SELECT b.channel_id AS "channelId", e.id AS "endpointId", b.ready_at AS "readyAt", b.lease IS NOT NULL AS leased
  FROM batch b
  JOIN unnest($3::bigint[]) AS e (id) ON e.id = ANY (b.endpoint_ids)
 WHERE b.organisation_id = $1 AND b.message_id = $2 AND b.endpoint_ids && $3::bigint[]
 ORDER BY b.id`;
