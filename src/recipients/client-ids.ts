import { Injectable } from '@nestjs/common';
import { Tenants } from '../database/tenants.js';

/** Somebody found by client id. */
export interface ClientIdHolder {
  clientId: string;
  /** Recipient code. */
  code: string;
  /** Codes of departments from the root down to the person's first department, as `/232/301/`; null for somebody in none. */
  departmentPath: string | null;
}

/**
 * Of several departments the one made first counts: people have no notion of a main one. The path of ids becomes one of codes.
 * $2 client ids
 */
const HOLDERS = `
SELECT r.client_id AS "clientId", r.code, '/' || p.codes || '/' AS "departmentPath"
  FROM recipient r
  LEFT JOIN LATERAL (
       SELECT g.path FROM membership m JOIN recipient_group g ON g.organisation_id = $1 AND g.id = m.group_id
        WHERE m.organisation_id = $1 AND m.recipient_id = r.id AND g.kind = 'department' ORDER BY g.id LIMIT 1) d ON true
  LEFT JOIN LATERAL (
       SELECT string_agg(a.code, '/' ORDER BY step.n) AS codes
         FROM unnest(string_to_array(trim(both '/' from d.path), '/')::int[]) WITH ORDINALITY AS step (id, n)
         JOIN recipient_group a ON a.organisation_id = $1 AND a.id = step.id) p ON true
 WHERE r.organisation_id = $1 AND r.client_id = ANY ($2::text[])`;

/** Finds people by their client ids, and where they stand in the organisation. */
@Injectable()
export class ClientIds {
  constructor(private readonly tenants: Tenants) {}

  /** By client id; those that nobody has are not in it. */
  async find(organisationId: number, clientIds: readonly string[]): Promise<ReadonlyMap<string, ClientIdHolder>> {
    if (clientIds.length === 0) return new Map();
    const rows = await this.tenants.of(organisationId).query<ClientIdHolder>(HOLDERS, [clientIds]);
    return new Map(rows.map((row) => [row.clientId, row]));
  }
}
