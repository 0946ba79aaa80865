import { In } from 'typeorm';
import type { TenantScope } from '../database/tenant-scope.js';
import { Endpoint } from './endpoint.entity.js';
import type { GroupKind } from './recipient-group.entity.js';
import type { Recipient } from './recipient.entity.js';

/** A person with everything that is known of them. */
export interface RecipientDetails {
  recipient: Recipient;
  groups: { kind: GroupKind; code: string }[];
  endpoints: Endpoint[];
}

const GROUPS = `
  SELECT m.recipient_id AS "recipientId", g.kind, g.code
    FROM membership m JOIN recipient_group g ON g.organisation_id = $1 AND g.id = m.group_id
   WHERE m.organisation_id = $1 AND m.recipient_id = ANY($2::bigint[])
   ORDER BY g.code`;

/** Adds groups and endpoints to any number of people, in two statements. */
export async function withDetails(scope: TenantScope, recipients: Recipient[]): Promise<RecipientDetails[]> {
  const ids = recipients.map(({ id }) => id);
  const groups = await scope.query<{ recipientId: string; kind: GroupKind; code: string }>(GROUPS, [ids]);
  const endpoints = await scope.find(Endpoint, { recipientId: In(ids) }, { order: { id: 'ASC' } });
  const details = new Map<string | null, RecipientDetails>(
    recipients.map((recipient) => [recipient.id, { recipient, groups: [], endpoints: [] }]),
  );
  for (const group of groups) details.get(group.recipientId)?.groups.push(group);
  for (const endpoint of endpoints) details.get(endpoint.recipientId)?.endpoints.push(endpoint);
  return [...details.values()];
}
