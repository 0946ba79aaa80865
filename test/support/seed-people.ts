import type { Client } from 'pg';

const PEOPLE = `
WITH person AS (
  INSERT INTO recipient (organisation_id, code, name, attributes, enabled, created_at, updated_at)
  SELECT $1, 'P' || n, 'Person ' || n, '{}', true, now(), now() FROM generate_series(1, $2::int) n
  RETURNING id, code)
INSERT INTO endpoint (organisation_id, recipient_id, kind, vendor, platform, environment, address, status, created_at, updated_at)
SELECT $1, id, kind, '', '', 'production', CASE kind WHEN 'inbox' THEN code ELSE '1' || (3000000000 + substr(code, 2)::bigint) END,
       'active', now(), now()
  FROM person CROSS JOIN (VALUES ('inbox'), ('sms')) AS kinds (kind)`;

/** Writes people P1, P2 … with an inbox and a phone each, by one statement. */
export async function insertPeople(client: Client, organisationId: number, count: number): Promise<void> {
  await client.query(PEOPLE, [organisationId, count]);
}

/**
 * People by the hundred thousand, straight into the tables (the API's import takes the same people in minutes, and is tested by
 * itself), with everything tidy, or the first to read the new rows would pay for it.
 */
export async function seedPeople(client: Client, organisationId: number, count: number): Promise<void> {
  await insertPeople(client, organisationId, count);
  await client.query('VACUUM (ANALYZE) recipient');
  await client.query('VACUUM (ANALYZE) endpoint');
}
