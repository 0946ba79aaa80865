import { lookup, type LookupAddress, type LookupAllOptions } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/** Addresses that lead back to this machine, to its network, or nowhere (RFC 6890). */
const PRIVATE = new BlockList();
for (const [network, bits] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const) {
  PRIVATE.addSubnet(network, bits);
}
for (const [network, bits] of [
  ['::', 96],
  // Networks that carry an IPv4 address inside: translation, 6to4, Teredo.
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2001::', 32],
  ['2002::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['fec0::', 10],
  ['ff00::', 8],
] as const) {
  PRIVATE.addSubnet(network, bits, 'ipv6');
}

/** A connection to a private network that the account does not allow. */
export class PrivateAddressError extends Error {
  readonly code = 'private-address';

  constructor(host: string, address: string) {
    super(
      `${host === address ? host : `${host} (${address})`} lies in a private network; the setting allowPrivateNetwork allows that.`,
    );
  }
}

/** IPv4 addresses written as IPv6 ones (::ffff:127.0.0.1) count as what they are. */
export function isPrivateAddress(address: string): boolean {
  const [bare = address] = address.split('%');
  return PRIVATE.check(bare, isIP(bare) === 6 ? 'ipv6' : 'ipv4');
}

type Resolve = (
  host: string,
  options: LookupAllOptions,
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/** Resolves names by `resolve`, but fails for one with a private address; what is connected to is what was checked. */
export function publicOnly(resolve: Resolve): LookupFunction {
  return (host, options, done) => {
    resolve(host, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return done(error, []);
      const forbidden = addresses.find(({ address }) => isPrivateAddress(address));
      if (forbidden !== undefined) return done(new PrivateAddressError(host, forbidden.address), []);
      if (options.all === true) return done(null, addresses);
      const [first] = addresses;
      done(null, first?.address ?? '', first?.family);
    });
  };
}

/** Resolves names as the system does, public ones only. */
export const publicLookup = publicOnly(lookup);
