import { Injectable } from '@nestjs/common';
import type { ChannelKind } from '../channels/channel-kind.js';
import { Clock } from '../common/clock.js';
import { cursorId } from '../common/pagination.js';
import { Conflict, InvalidRequest, NotFound } from '../common/problem.js';
import { resourceKey } from '../common/resource-key.js';
import { Tenants } from '../database/tenants.js';
import { addressRule, normaliseAddress } from './address.js';
import { Endpoint } from './endpoint.entity.js';
import { Recipient } from './recipient.entity.js';
import { registerEndpoint, type EndpointRegistration } from './register-endpoint.js';

/** An endpoint with the code of its person. */
export interface OwnedEndpoint extends Omit<Endpoint, 'organisationId' | 'recipientId'> {
  recipient: string | null;
}

export interface NewEndpoint extends Omit<EndpointRegistration, 'recipientId' | 'vendor'> {
  /** Code of the person; absent: nobody's. */
  recipient?: string | null;
  vendor?: string;
}

/** Which endpoints to list; every condition given must hold. */
export interface EndpointFilter {
  limit: number;
  cursor?: string;
  /** Code of a recipient. */
  recipient?: string;
  kind?: ChannelKind;
  status?: Endpoint['status'];
  address?: string;
}

const OWNED_ENDPOINT = `
  SELECT e.id, r.code AS recipient, e.kind, e.vendor, e.platform, e.environment, e.address, e.alias, e.status,
         e.quarantine_reason AS "quarantineReason", e.quarantined_at AS "quarantinedAt",
         e.created_at AS "createdAt", e.updated_at AS "updatedAt"
    FROM endpoint e LEFT JOIN recipient r ON r.organisation_id = $1 AND r.id = e.recipient_id
   WHERE e.organisation_id = $1`;

const LIST = `${OWNED_ENDPOINT}
     AND ($2::bigint IS NULL OR e.id > $2::bigint)
     AND ($3::text IS NULL OR r.code = $3)
     AND ($4::text IS NULL OR e.kind = $4)
     AND ($5::text IS NULL OR e.status = $5)
     AND ($6::text IS NULL OR e.address = $6)
   ORDER BY e.id LIMIT $7`;

/** The addresses of an organisation's people. */
@Injectable()
export class Endpoints {
  constructor(
    private readonly tenants: Tenants,
    private readonly clock: Clock,
  ) {}

  async register(organisationId: number, endpoint: NewEndpoint): Promise<OwnedEndpoint> {
    const { recipient, kind, vendor = '', platform, environment, alias } = endpoint;
    if (kind === 'inbox') throw InvalidRequest.at('kind', 'every recipient has an inbox already');
    const address = normaliseAddress(kind, endpoint.address);
    if (address === undefined) throw InvalidRequest.at('address', addressRule(kind));
    const scope = this.tenants.of(organisationId);
    const owner =
      recipient === undefined || recipient === null ? null : await scope.findOne(Recipient, { code: recipient });
    if (owner === null && typeof recipient === 'string') {
      throw InvalidRequest.at('recipient', `there is no recipient ${recipient}`);
    }
    const registration = { recipientId: owner?.id ?? null, kind, vendor, platform, environment, address, alias };
    return this.get(organisationId, await registerEndpoint(scope, registration, this.clock.now()));
  }

  /** One endpoint more than `limit` when there are more. */
  list(organisationId: number, filter: EndpointFilter): Promise<OwnedEndpoint[]> {
    const { limit, cursor, recipient, kind, status, address } = filter;
    return this.tenants
      .of(organisationId)
      .query<OwnedEndpoint>(LIST, [
        cursorId(cursor) ?? null,
        recipient ?? null,
        kind ?? null,
        status ?? null,
        address === undefined || kind === undefined ? (address ?? null) : (normaliseAddress(kind, address) ?? address),
        limit + 1,
      ]);
  }

  async get(organisationId: number, key: string): Promise<OwnedEndpoint> {
    const [endpoint] = await this.tenants
      .of(organisationId)
      .query<OwnedEndpoint>(`${OWNED_ENDPOINT} AND e.id = $2`, [endpointId(key)]);
    if (endpoint === undefined) throw new NotFound('endpoint', key);
    return endpoint;
  }

  /** Sends nothing to this address any more until it is restored or registered again. */
  quarantine(organisationId: number, key: string, reason: string): Promise<OwnedEndpoint> {
    return this.setStatus(organisationId, key, 'quarantined', reason);
  }

  restore(organisationId: number, key: string): Promise<OwnedEndpoint> {
    return this.setStatus(organisationId, key, 'active', null);
  }

  async delete(organisationId: number, key: string): Promise<void> {
    const { id, kind } = await this.get(organisationId, key);
    if (kind === 'inbox') {
      throw new Conflict('in_use', 'An inbox belongs to its recipient as long as there is one; it can be quarantined.');
    }
    await this.tenants.of(organisationId).delete(Endpoint, { id });
  }

  private async setStatus(
    organisationId: number,
    key: string,
    status: Endpoint['status'],
    quarantineReason: string | null,
  ): Promise<OwnedEndpoint> {
    const now = this.clock.now();
    const quarantinedAt = status === 'quarantined' ? now : null;
    await this.tenants
      .of(organisationId)
      .update(Endpoint, { id: endpointId(key) }, { status, quarantineReason, quarantinedAt, updatedAt: now });
    return this.get(organisationId, key);
  }
}

/** Endpoints have no code, so their plain id stands in the path. */
function endpointId(key: string): string {
  const named = resourceKey(`~${key}`);
  return 'id' in named ? named.id : key;
}
