import type { ChannelKind } from '../channels/channel-kind.js';
import type { TenantScope } from '../database/tenant-scope.js';
import { normaliseAddress } from './address.js';
import type { NewRecipient } from './recipient-change.js';

/** An address of a person that no vendor gave out: inbox, phone, mailbox. */
export interface RecipientAddress {
  recipientId: string;
  kind: ChannelKind;
  address: string;
}

/** The endpoints that come with a person: always an inbox, whose address is the code, and what phone and email name. */
export function addressesOf(recipientId: string, person: NewRecipient): RecipientAddress[] {
  const addresses: RecipientAddress[] = [{ recipientId, kind: 'inbox', address: person.code }];
  const phone = normaliseAddress('sms', person.phone ?? '');
  if (phone !== undefined) addresses.push({ recipientId, kind: 'sms', address: phone });
  const email = normaliseAddress('email', person.email ?? '');
  if (email !== undefined) addresses.push({ recipientId, kind: 'email', address: email });
  return addresses;
}

const ADD = `
  INSERT INTO endpoint (organisation_id, recipient_id, kind, vendor, platform, environment, address, status, created_at, updated_at)
  SELECT $1, a.recipient_id, a.kind, '', '', 'production', a.address, 'active', $5, $5
    FROM unnest($2::bigint[], $3::text[], $4::text[]) AS a (recipient_id, kind, address)
  ON CONFLICT (organisation_id, kind, address, recipient_id) WHERE vendor = '' DO NOTHING
  RETURNING recipient_id AS "recipientId"`;

/**
 * Adds the addresses that are not there yet and returns the recipients that gained one. A quarantined address stays so: an
 * import that runs every night must not bring back every night what a vendor called dead.
 */
export async function addAddresses(scope: TenantScope, addresses: RecipientAddress[], now: Date): Promise<string[]> {
  const rows = await scope.query<{ recipientId: string }>(ADD, [
    addresses.map(({ recipientId }) => recipientId),
    addresses.map(({ kind }) => kind),
    addresses.map(({ address }) => address),
    now,
  ]);
  return rows.map(({ recipientId }) => recipientId);
}
