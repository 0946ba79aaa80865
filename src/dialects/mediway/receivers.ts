import { InvalidRequest } from '../../common/problem.js';
import type { Audience } from '../../messages/message-request.js';
import type { WireObject } from './wire-object.js';

/** Whom a push names: an audience that holds on every channel, or addresses by channel code. */
export type Receivers = { audience: Audience } | { addresses: Map<string, string[]>; empty: string[] };

/** Reads receiverType and receiverData; nobody at all is refused, and only `all` is everyone. */
export function readReceivers(push: WireObject): Receivers {
  const type = push.requiredCode('receiverType').toLowerCase();
  if (type === 'all') return { audience: { all: true } };
  if (type === 'specified') return { audience: readSelectors(push.requiredObject('receiverData')) };
  if (type === 'custom') return readAddresses(push.requiredObject('receiverData'));
  throw InvalidRequest.at(push.at('receiverType'), 'must be all, specified or custom');
}

function readSelectors(data: WireObject): Audience {
  const selectors = {
    users: data.codes('user'),
    departments: data.codes('dept'),
    posts: data.codes('post'),
    roles: data.codes('role'),
  };
  const named = Object.entries(selectors).filter(([, codes]) => codes.length > 0);
  if (named.length === 0) throw InvalidRequest.at('receiverData', 'must name a user, dept, post or role');
  return Object.fromEntries(named);
}

function readAddresses(data: WireObject): Receivers {
  const byChannel = data.names.map((channel): [string, string[]] => [channel, data.codes(channel)]);
  const addresses = new Map(byChannel.filter(([, accounts]) => accounts.length > 0));
  if (addresses.size === 0) throw InvalidRequest.at('receiverData', 'must name an account of some channel');
  return { addresses, empty: data.names.filter((channel) => !addresses.has(channel)) };
}
