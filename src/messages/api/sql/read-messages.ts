/** What every view of messages shows. `m` message; `channelIds` instead of the channels, whose content may be large. */
const SUMMARY = `
       m.id, m.state, m.api, a.code AS application, m.priority, m.category, m.correlation_id AS "correlationId",
       m.dedup_key AS "dedupKey", t.code AS "templateCode", m.template_version AS "templateVersion", m.send_at AS "sendAt",
       m.expires_at AS "expiresAt", m.created_at AS "createdAt", m.planned_at AS "plannedAt", m.finished_at AS "finishedAt",
       ARRAY(SELECT (c->>'channelId')::int FROM jsonb_array_elements(m.channels) AS c) AS "channelIds",
       s.target, s.sent, s.delivered, s.read, s.failed, s.unknown`;

const FROM = `
  FROM message m
  LEFT JOIN application a ON a.organisation_id = $1 AND a.id = m.application_id
  LEFT JOIN template t ON t.organisation_id = $1 AND t.id = m.template_id
 CROSS JOIN LATERAL (
       SELECT coalesce(sum(target), 0)::float8 AS target, coalesce(sum(sent), 0)::float8 AS sent,
              coalesce(sum(delivered), 0)::float8 AS delivered, coalesce(sum(read), 0)::float8 AS read,
              coalesce(sum(failed), 0)::float8 AS failed, coalesce(sum(unknown), 0)::float8 AS unknown
         FROM message_statistic c WHERE c.organisation_id = $1 AND c.message_id = m.id) s
 WHERE m.organisation_id = $1 AND ($2::int IS NULL OR m.application_id = $2)`;

/** $2 application that asks (null: the admin), $3 message */
export const READ_MESSAGE = `
SELECT ${SUMMARY}, m.audience, m.channels, m.params, m.unresolved, m.day::text AS day
${FROM} AND m.id = $3`;

/**
 * Newest first. $2 application that asks (null: the admin), $3 before this id, $4 state, $5 correlation id, $6 application's code,
 * $7 template's code, accepted $8 from and $9 before, $10 how many; every filter may be null
 */
export const LIST_MESSAGES = `
SELECT ${SUMMARY}
${FROM}
   AND ($3::bigint IS NULL OR m.id < $3)
   AND ($4::text IS NULL OR m.state = $4)
   AND ($5::text IS NULL OR m.correlation_id = $5)
   AND ($6::text IS NULL OR a.code = $6)
   AND ($7::text IS NULL OR t.code = $7)
   AND ($8::timestamptz IS NULL OR m.created_at >= $8)
   AND ($9::timestamptz IS NULL OR m.created_at < $9)
 ORDER BY m.id DESC
 LIMIT $10`;
