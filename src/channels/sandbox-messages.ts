import { Injectable } from '@nestjs/common';
import { Tenants } from '../database/tenants.js';
import type { Content } from './channel-kind.js';

/** What a sandbox account took for one person. */
export interface SandboxMessage {
  /** The call's id and the place within it in one number, so that it orders as time does. */
  id: string;
  address: string;
  status: string;
  code: string | null;
  reference: string;
  attempt: number;
  content: Content;
  at: Date;
}

/** More places than a call has: the sandbox takes 1000 people at once. */
const PLACES = 10_000;

const NEWEST_FIRST = `
  SELECT e.id * ${PLACES} + t.place AS id, t.target->>'address' AS address, t.target->>'status' AS status,
         t.target->>'code' AS code, t.target->>'reference' AS reference, e.attempt,
         COALESCE(t.target->'content', e.content) AS content, e.at
    FROM sandbox_entry e
   CROSS JOIN LATERAL jsonb_array_elements(e.targets) WITH ORDINALITY AS t(target, place)
   WHERE e.organisation_id = $1 AND e.vendor_account_id = $2
     AND ($3::bigint IS NULL OR (e.id <= $3 / ${PLACES} AND e.id * ${PLACES} + t.place < $3))
     AND ($4::text IS NULL OR t.target->>'address' = $4)
   ORDER BY e.id DESC, t.place DESC
   LIMIT $5`;

/** Looks into what went to sandbox accounts, person by person. */
@Injectable()
export class SandboxMessages {
  constructor(private readonly tenants: Tenants) {}

  /** Newest first, older than the message `before`. */
  newest(
    organisationId: number,
    vendorAccountId: number,
    { before, address, take }: { before?: string; address?: string; take: number },
  ): Promise<SandboxMessage[]> {
    return this.tenants
      .of(organisationId)
      .query<SandboxMessage>(NEWEST_FIRST, [vendorAccountId, before ?? null, address ?? null, take]);
  }
}
