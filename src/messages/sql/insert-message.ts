import { prepared } from '../../database/prepared.js';

/**
 * Writes accepted messages of one organisation, many calls in one statement and one commit. A message whose dedup key is taken is
 * not written and gets no id; a call that is writing the same key at this moment is waited for, so of two concurrent calls one
 * makes the message and the other learns its id.
 *
 * Rejected: one INSERT per request, which commits, and waits for the disk, once per message.
 *
 * Rejected: looking the recipients' codes up in here as well. Their own statement, shared by as many requests, is a twelfth of this
 * one's cost, and whom a message names would be worked out in two places.
 *
 * $1 organisation, $2 JSON array of messages
 */
export const INSERT_MESSAGES = prepared(
  'insert-messages',
  `
WITH input AS (
  SELECT nextval((SELECT pg_get_serial_sequence('message', 'id')::regclass)) AS id, i.*
    FROM jsonb_to_recordset($2::jsonb) AS i (
         n integer, application_id integer, api text, state text, priority smallint, category text, correlation_id text, dedup_key text,
         request_hash text, audience jsonb, channels jsonb, template_id integer, template_version integer, params jsonb, sender jsonb,
         options jsonb, unresolved jsonb, created_at timestamptz, send_at timestamptz, expires_at timestamptz, ready_at timestamptz)),
written AS (
  INSERT INTO message (organisation_id, id, application_id, api, state, priority, category, correlation_id, dedup_key, request_hash,
                       audience, channels, template_id, template_version, params, sender, options, unresolved, created_at, send_at,
                       expires_at, ready_at, open_batches)
  SELECT $1, id, application_id, api, state, priority, category, correlation_id, dedup_key, decode(request_hash, 'hex'),
         audience, channels, template_id, template_version, params, sender, options, unresolved, created_at, send_at,
         expires_at, ready_at, 0
    FROM input ORDER BY dedup_key
  ON CONFLICT (organisation_id, application_id, dedup_key) WHERE dedup_key IS NOT NULL DO NOTHING
  RETURNING id)
SELECT written.id FROM input LEFT JOIN written USING (id) ORDER BY input.n`,
);

/** $2 application (null: the admin), $3 dedup key */
export const FIND_BY_DEDUP_KEY = prepared(
  'find-by-dedup-key',
  `
SELECT id, state, request_hash AS "requestHash", unresolved, send_at AS "sendAt" FROM message
 WHERE organisation_id = $1 AND application_id IS NOT DISTINCT FROM $2 AND dedup_key = $3`,
);
