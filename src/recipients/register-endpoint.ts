import type { ChannelKind } from '../channels/channel-kind.js';
import type { TenantScope } from '../database/tenant-scope.js';

/** An address somebody can be reached at. What is left out keeps its value when the endpoint is known already. */
export interface EndpointRegistration {
  recipientId: string | null;
  kind: ChannelKind;
  /** Empty, or the device vendor that gave the address out. */
  vendor: string;
  platform?: string;
  environment?: string;
  /** In its one spelling, see normaliseAddress. */
  address: string;
  alias?: string;
}

/** A token leaves its earlier holder, and with them the alias, which is a name for that person. */
const registerOn = (conflict: string): string => `
  INSERT INTO endpoint AS e (organisation_id, recipient_id, kind, vendor, platform, environment, address, alias, status,
                             created_at, updated_at)
  VALUES ($1, $2::bigint, $3, $4, COALESCE($5::text, ''), COALESCE($6::text, 'production'), $7, $8::text, 'active', $9, $9)
  ON CONFLICT ${conflict} DO UPDATE
    SET recipient_id = excluded.recipient_id,
        platform = COALESCE($5::text, e.platform),
        environment = COALESCE($6::text, e.environment),
        alias = CASE WHEN $8::text IS NULL AND e.recipient_id IS NOT DISTINCT FROM excluded.recipient_id THEN e.alias
                     ELSE excluded.alias END,
        status = 'active', quarantine_reason = NULL, quarantined_at = NULL, updated_at = excluded.updated_at
  RETURNING id`;

const REGISTER_ADDRESS = registerOn(`(organisation_id, kind, address, recipient_id) WHERE vendor = ''`);
const REGISTER_DEVICE = registerOn(`(organisation_id, kind, address, vendor) WHERE vendor <> ''`);

/**
 * Registers an endpoint and returns its id. A device token (with a vendor) belongs to one person at a time and moves to whoever
 * registers it last; any other address may be shared. A quarantined endpoint becomes active again.
 */
export async function registerEndpoint(
  scope: TenantScope,
  { recipientId, kind, vendor, platform, environment, address, alias }: EndpointRegistration,
  now: Date,
): Promise<string> {
  const rows = await scope.query<{ id: string }>(vendor === '' ? REGISTER_ADDRESS : REGISTER_DEVICE, [
    recipientId,
    kind,
    vendor,
    platform ?? null,
    environment ?? null,
    address,
    alias ?? null,
    now,
  ]);
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('The endpoint was neither inserted nor updated');
  return id;
}
