import { Injectable } from '@nestjs/common';
import { In } from 'typeorm';
import { Clock } from '../common/clock.js';
import { cursorId } from '../common/pagination.js';
import { InvalidRequest, NotFound } from '../common/problem.js';
import { resourceKey } from '../common/resource-key.js';
import type { TenantScope } from '../database/tenant-scope.js';
import { Tenants } from '../database/tenants.js';
import { normaliseAddress } from './address.js';
import { findGroups, replaceMemberships, unknownGroups } from './memberships.js';
import { addAddresses, addressesOf } from './recipient-addresses.js';
import type { GroupCodes, NewRecipient, RecipientChange } from './recipient-change.js';
import { type RecipientDetails, withDetails } from './recipient-details.js';
import type { GroupKind } from './recipient-group.entity.js';
import { Recipient } from './recipient.entity.js';
import { passRecipientId } from './pass-recipient-id.js';
import { registerEndpoint } from './register-endpoint.js';

/** Which people to list; every condition given must hold. */
export interface RecipientFilter {
  limit: number;
  cursor?: string;
  code?: string;
  /** Only its direct members. */
  group?: { kind: GroupKind; code: string };
  /** How the name or the code begins. */
  search?: string;
}

const LIST = `
  SELECT r.id FROM recipient r
   WHERE r.organisation_id = $1
     AND ($2::bigint IS NULL OR r.id > $2::bigint)
     AND ($3::text IS NULL OR r.code = $3)
     AND ($4::text IS NULL OR r.name ILIKE $4 OR r.code ILIKE $4)
     AND ($5::text IS NULL OR r.id IN (
           SELECT m.recipient_id FROM membership m JOIN recipient_group g ON g.organisation_id = $1 AND g.id = m.group_id
            WHERE m.organisation_id = $1 AND g.kind = $5 AND g.code = $6))
   ORDER BY r.id LIMIT $7`;

/** The recipient a key names; throws NotFound. */
export async function findRecipient(scope: TenantScope, key: string): Promise<Recipient> {
  const found = await scope.findOne(Recipient, resourceKey(key));
  if (found === null) throw new NotFound('recipient', key);
  return found;
}

/** The people of an organisation. */
@Injectable()
export class Recipients {
  constructor(
    private readonly tenants: Tenants,
    private readonly clock: Clock,
  ) {}

  create(organisationId: number, person: NewRecipient): Promise<RecipientDetails> {
    return this.tenants.transaction(organisationId, async (scope) => {
      const now = this.clock.now();
      if (person.id !== undefined) await passRecipientId(scope, String(person.id));
      const recipient = await scope.insert(Recipient, {
        ...(person.id === undefined ? {} : { id: String(person.id) }),
        code: person.code,
        name: person.name,
        locale: person.locale ?? null,
        timeZone: person.timeZone ?? null,
        clientId: person.clientId ?? null,
        attributes: person.attributes ?? {},
        enabled: person.enabled ?? true,
        createdAt: now,
        updatedAt: now,
      });
      await addAddresses(scope, addressesOf(recipient.id, person), now);
      await this.setGroups(scope, recipient.id, person.groups);
      return this.details(scope, recipient);
    });
  }

  async get(organisationId: number, key: string): Promise<RecipientDetails> {
    const scope = this.tenants.of(organisationId);
    return this.details(scope, await findRecipient(scope, key));
  }

  /** One person more than `limit` when there are more. */
  async list(
    organisationId: number,
    { limit, cursor, code, group, search }: RecipientFilter,
  ): Promise<RecipientDetails[]> {
    const scope = this.tenants.of(organisationId);
    const rows = await scope.query<{ id: string }>(LIST, [
      cursorId(cursor) ?? null,
      code ?? null,
      search === undefined ? null : `${search.replaceAll(/[\\%_]/g, '\\$&')}%`,
      group?.kind ?? null,
      group?.code ?? null,
      limit + 1,
    ]);
    const ids = rows.map(({ id }) => id);
    return withDetails(scope, await scope.find(Recipient, { id: In(ids) }, { order: { id: 'ASC' } }));
  }

  update(organisationId: number, key: string, change: RecipientChange): Promise<RecipientDetails> {
    return this.tenants.transaction(organisationId, async (scope) => {
      const now = this.clock.now();
      const { id } = await findRecipient(scope, key);
      const { name, locale, timeZone, clientId, attributes, enabled } = change;
      // Undefined fields are left out of the statement.
      await scope.update(Recipient, { id }, { name, locale, timeZone, clientId, attributes, enabled, updatedAt: now });
      for (const [kind, text] of [['sms', change.phone] as const, ['email', change.email] as const]) {
        const address = normaliseAddress(kind, text ?? '');
        if (address !== undefined) await registerEndpoint(scope, { recipientId: id, kind, vendor: '', address }, now);
      }
      await this.setGroups(scope, id, change.groups);
      return this.details(scope, await findRecipient(scope, `~${id}`));
    });
  }

  /** Removes the person with all endpoints and memberships; what was sent to them stays on record. */
  async delete(organisationId: number, key: string): Promise<void> {
    const deleted = await this.tenants.of(organisationId).delete(Recipient, resourceKey(key));
    if (deleted === 0) throw new NotFound('recipient', key);
  }

  private async setGroups(scope: TenantScope, recipientId: string, groups: GroupCodes | undefined): Promise<void> {
    if (groups === undefined) return;
    const known = await findGroups(scope, [groups]);
    const unknown = unknownGroups(known, groups, 'groups.');
    if (unknown.length > 0) throw new InvalidRequest(unknown);
    await replaceMemberships(scope, known, [{ recipientId, groups }]);
  }

  private async details(scope: TenantScope, recipient: Recipient): Promise<RecipientDetails> {
    const [details] = await withDetails(scope, [recipient]);
    if (details === undefined) throw new Error('Details of a recipient are missing');
    return details;
  }
}
