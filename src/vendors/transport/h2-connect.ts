import { type ClientHttp2Session, connect as connectHttp2 } from 'node:http2';
import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, TLSSocket } from 'node:tls';
import type { Clock } from '../../common/clock.js';
import type { H2Peer } from './h2-peer.js';
import { isPrivateAddress, PrivateAddressError, publicLookup } from './private-network.js';

/** Until the peer's settings have come. */
const CONNECT_MILLISECONDS = 5_000;
/** Megabytes that one session may hold: room for 1000 requests of the largest payload. */
const SESSION_MEGABYTES = 64;

/** A session that has never been used, and the connection below it. */
export interface FreshSession {
  session: ClientHttp2Session;
  socket: Socket;
}

/** Why there is no session with a peer, where the system has no code for it. */
class ConnectError extends Error {
  constructor(
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** Connects, never to a private network unless the peer is allowed to be there, and waits for the peer's settings. */
export function connectH2(peer: H2Peer, clock: Clock): Promise<FreshSession> {
  return new Promise((resolve, reject) => {
    const socket = openSocket(peer);
    const fail = (error: Error): void => {
      cancel();
      socket.destroy();
      reject(error);
    };
    const late = (): void => fail(new ConnectError('connect-timeout', `${peer.origin} does not answer.`));
    const cancel = clock.at(new Date(clock.now().getTime() + CONNECT_MILLISECONDS), late);
    socket.on('error', fail);
    socket.once('close', () => fail(new ConnectError('connection-closed', `${peer.origin} closed the connection.`)));
    socket.once(socket instanceof TLSSocket ? 'secureConnect' : 'connect', () => {
      if (socket instanceof TLSSocket && socket.alpnProtocol !== 'h2')
        return fail(new ConnectError('no-http2', `${peer.origin} does not speak HTTP/2.`));
      const session = connectHttp2(peer.origin, {
        createConnection: () => socket,
        maxSessionMemory: SESSION_MEGABYTES,
        settings: { enablePush: false },
      });
      // What breaks a session later is told by its streams and its end.
      session.on('error', fail);
      session.once('remoteSettings', () => {
        cancel();
        resolve({ session, socket });
      });
    });
  });
}

function openSocket({ origin, allowPrivateNetwork, ca, certificate }: H2Peer): Socket {
  const { protocol, hostname, port } = new URL(origin);
  const host = hostname.replace(/^\[(.*)\]$/, '$1');
  const literal = isIP(host) !== 0;
  const lookup = allowPrivateNetwork ? {} : { lookup: publicLookup };
  // An address needs no resolving, so `lookup` does not see it.
  if (literal && !allowPrivateNetwork && isPrivateAddress(host)) throw new PrivateAddressError(host, host);
  if (protocol === 'http:') return connectTcp({ host, port: Number(port || 80), ...lookup });
  return connectTls({
    host,
    port: Number(port || 443),
    ALPNProtocols: ['h2'],
    ...lookup,
    ...(literal ? {} : { servername: host }),
    ...(ca === undefined ? {} : { ca }),
    ...(certificate && { cert: certificate.pem, key: certificate.key, passphrase: certificate.passphrase }),
  });
}
