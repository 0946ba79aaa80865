import { isIP } from 'node:net';
import { Agent, buildConnector } from 'undici';
import { isPrivateAddress, PrivateAddressError, publicLookup } from './private-network.js';

const CONNECT_MILLISECONDS = 5_000;
/** Shorter than the idle time of common servers and proxies, which close a connection just as it is used again. */
const KEEP_ALIVE_MILLISECONDS = 4_000;

interface AgentSettings {
  /** Most connections to one host at once. */
  connections: number;
  /** Also connect to addresses of this machine and of private networks. */
  allowPrivateNetwork: boolean;
}

/** The account's connections: kept alive, capped, and never to a private network unless the account allows it. */
export function openAgent({ connections, allowPrivateNetwork }: AgentSettings): Agent {
  return new Agent({
    connections,
    pipelining: 1,
    keepAliveTimeout: KEEP_ALIVE_MILLISECONDS,
    // The whole call has one deadline, which the caller keeps.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: allowPrivateNetwork ? { timeout: CONNECT_MILLISECONDS } : publicConnector(),
  });
}

function publicConnector(): buildConnector.connector {
  // The type wants a port, which each connection brings along.
  const connect = buildConnector({ timeout: CONNECT_MILLISECONDS, lookup: publicLookup, port: 0 });
  return (options, done) => {
    const host = options.hostname.replace(/^\[(.*)\]$/, '$1');
    // An address needs no resolving, so `lookup` does not see it.
    if (isIP(host) !== 0 && isPrivateAddress(host)) done(new PrivateAddressError(host, host), null);
    else connect(options, done);
  };
}
