import type { ChannelKind } from '../channels/channel-kind.js';
import { normaliseAddress } from '../recipients/address.js';

/** Why an address that nobody registered cannot be used on this kind of channel, or null. */
export function addressFault(kind: ChannelKind, address: string): string | null {
  if (kind === 'inbox') return 'unknown-recipient';
  return normaliseAddress(kind, address) === undefined ? 'invalid-address' : null;
}
