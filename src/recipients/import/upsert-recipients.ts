import type { TenantScope } from '../../database/tenant-scope.js';
import type { NewRecipient } from '../recipient-change.js';

/** What became of the rows of some people, by code. */
export interface Upserted {
  ids: ReadonlyMap<string, string>;
  created: ReadonlySet<string>;
  updated: ReadonlySet<string>;
}

const INSERT = `
  INSERT INTO recipient (organisation_id, code, name, locale, time_zone, client_id, attributes, enabled, created_at, updated_at)
  SELECT $1, v ->> 'code', v ->> 'name', v ->> 'locale', v ->> 'timeZone', v ->> 'clientId',
         COALESCE(v -> 'attributes', '{}'), COALESCE((v ->> 'enabled')::boolean, true), $3, $3
    FROM jsonb_array_elements($2::jsonb) AS v
    LEFT JOIN recipient r ON r.organisation_id = $1 AND r.code = v ->> 'code'
   WHERE r.id IS NULL
   ORDER BY v ->> 'code'
  ON CONFLICT (organisation_id, code) DO NOTHING
  RETURNING code`;

/** One statement after the INSERT, so that it also sees whom another import has just made. Rows that agree are not written. */
const UPDATE = `
  UPDATE recipient r
     SET name = v ->> 'name',
         locale = CASE WHEN v ? 'locale' THEN v ->> 'locale' ELSE r.locale END,
         time_zone = CASE WHEN v ? 'timeZone' THEN v ->> 'timeZone' ELSE r.time_zone END,
         client_id = CASE WHEN v ? 'clientId' THEN v ->> 'clientId' ELSE r.client_id END,
         attributes = COALESCE(v -> 'attributes', r.attributes),
         enabled = COALESCE((v ->> 'enabled')::boolean, r.enabled),
         updated_at = $3
    FROM jsonb_array_elements($2::jsonb) AS v
   WHERE r.organisation_id = $1 AND r.code = v ->> 'code'
     AND (r.name <> v ->> 'name'
       OR v ? 'locale' AND r.locale IS DISTINCT FROM v ->> 'locale'
       OR v ? 'timeZone' AND r.time_zone IS DISTINCT FROM v ->> 'timeZone'
       OR v ? 'clientId' AND r.client_id IS DISTINCT FROM v ->> 'clientId'
       OR r.attributes <> COALESCE(v -> 'attributes', r.attributes)
       OR r.enabled <> COALESCE((v ->> 'enabled')::boolean, r.enabled))
  RETURNING r.code`;

/** Inserts and updates people with distinct codes. */
export async function upsertRecipients(scope: TenantScope, people: NewRecipient[], now: Date): Promise<Upserted> {
  // JSON leaves out what is undefined, which is what "?" asks for.
  const rows = JSON.stringify(
    people.map(({ code, name, locale, timeZone, clientId, attributes, enabled }) => ({
      code,
      name,
      locale,
      timeZone,
      clientId,
      attributes,
      enabled,
    })),
  );
  const created = await scope.query<{ code: string }>(INSERT, [rows, now]);
  const updated = await scope.query<{ code: string }>(UPDATE, [rows, now]);
  const ids = await scope.query<{ code: string; id: string }>(
    'SELECT code, id FROM recipient WHERE organisation_id = $1 AND code = ANY($2::text[])',
    [people.map(({ code }) => code)],
  );
  return {
    ids: new Map(ids.map(({ code, id }) => [code, id])),
    created: new Set(created.map(({ code }) => code)),
    updated: new Set(updated.map(({ code }) => code)),
  };
}

/** Finds the client ids in `people` that somebody else holds: those among them who ask for one, by code, and who has it. */
export async function takenClientIds(scope: TenantScope, people: NewRecipient[]): Promise<Map<string, string>> {
  const wanting = people.filter(({ clientId }) => typeof clientId === 'string');
  if (wanting.length === 0) return new Map();
  const rows = await scope.query<{ clientId: string; code: string }>(
    'SELECT client_id AS "clientId", code FROM recipient WHERE organisation_id = $1 AND client_id = ANY($2::text[])',
    [wanting.map(({ clientId }) => clientId)],
  );
  const holders = new Map(rows.map(({ clientId, code }) => [clientId, code]));
  const taken = new Map<string, string>();
  for (const { code, clientId } of wanting) {
    if (typeof clientId !== 'string') continue;
    const holder = holders.get(clientId) ?? code;
    if (holder === code) holders.set(clientId, code);
    else taken.set(code, holder);
  }
  return taken;
}
