import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Tenants } from '../database/tenants.js';
import { AuditEntry } from './audit-entry.entity.js';
import { redact } from './redact.js';

/** The organisation of changes to the installation itself, such as a new organisation. */
export const INSTALLATION = 0;

/** One change that succeeded. */
export interface Change {
  organisationId: number;
  /** `admin`, or `application:<code>`. */
  actor: string;
  method: string;
  /** Without the query, which may hold what should not be kept. */
  path: string;
  status: number;
  /** The request's body as it came; it is redacted here. */
  request: unknown;
  address: string | null;
}

export interface AuditFilter {
  actor?: string;
  pathPrefix?: string;
  beforeId?: string;
  limit: number;
}

const NEWEST = `
  SELECT id, at, actor, method, path, status, request, address
    FROM audit_entry
   WHERE organisation_id = $1
     AND ($2::bigint IS NULL OR id < $2)
     AND ($3::text IS NULL OR actor = $3)
     AND ($4::text IS NULL OR starts_with(path, $4))
   ORDER BY id DESC
   LIMIT $5`;

/** Who changed what, and when. */
@Injectable()
export class AuditTrail {
  constructor(
    private readonly tenants: Tenants,
    private readonly clock: Clock,
  ) {}

  async record({ organisationId, ...change }: Change): Promise<void> {
    const entry = { ...change, request: redact(change.request), at: this.clock.now() };
    await this.tenants.of(organisationId).insert(AuditEntry, entry);
  }

  /** Newest first, one more than `limit` where there are more. */
  list(organisationId: number, { actor, pathPrefix, beforeId, limit }: AuditFilter): Promise<AuditEntry[]> {
    const values = [beforeId ?? null, actor ?? null, pathPrefix ?? null, limit + 1];
    return this.tenants.of(organisationId).query<AuditEntry>(NEWEST, values);
  }
}
