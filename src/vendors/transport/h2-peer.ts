import { X509Certificate } from 'node:crypto';
import type { VendorAccountConfig, VendorSetting } from '../vendor.js';

/** Where requests of one account go over HTTP/2, and how. Requests share sessions only while all of this stays the same. */
export interface H2Peer {
  /** `https://host:port`, or `http://…` for a peer that speaks HTTP/2 without TLS. */
  origin: string;
  /** Names the credential of the requests, for vendors that refuse two of them on one connection. */
  identity: string;
  /** Most sessions at once from one process. */
  sessions: number;
  /** Also connect to addresses of this machine and of private networks. */
  allowPrivateNetwork: boolean;
  /** The only certificate authority trusted, in PEM; absent: the public ones. */
  ca?: string;
  /** Certificate to sign in with, in PEM, its key and the key's passphrase. */
  certificate?: { pem: string; key: string; passphrase?: string };
}

const USUAL = { sessions: 2, allowPrivateNetwork: false };

interface H2Settings {
  sessions: number;
  allowPrivateNetwork: boolean;
  ca?: string;
}

/** The peer at `url` as the account's {@link h2Settings} have it, and the path of `url` that all paths begin with. */
export function h2Peer(
  { settings }: Pick<VendorAccountConfig, 'settings'>,
  url: string,
  credential: Pick<H2Peer, 'identity' | 'certificate'>,
): { peer: H2Peer; path: string } {
  const { sessions, allowPrivateNetwork, ca } = { ...USUAL, ...(settings as Partial<H2Settings>) };
  const { origin, pathname } = new URL(url);
  const trusted = ca === undefined ? {} : { ca };
  return {
    peer: { origin, sessions, allowPrivateNetwork, ...trusted, ...credential },
    path: pathname.replace(/\/$/, ''),
  };
}

/** The settings that every vendor over HTTP/2 has. */
export function h2Settings(): VendorSetting[] {
  return [
    {
      name: 'sessions',
      type: 'integer',
      description:
        'Most HTTP/2 sessions at once from one process, 1 to 8; each carries as many requests at a time as the vendor lets it.',
      min: 1,
      max: 8,
      default: USUAL.sessions,
    },
    {
      name: 'ca',
      type: 'string',
      description:
        'Certificate of a private authority, in PEM, that is trusted instead of the public ones: of a proxy or a simulator.',
      check: (value) => certificateProblem(value),
    },
    {
      name: 'allowPrivateNetwork',
      type: 'boolean',
      description:
        'Also connect to addresses of this machine and of private networks (127.0.0.1, 10.x, 192.168.x, fd00:: …), where a ' +
        'proxy or a simulator stands beside Tidings.',
      default: USUAL.allowPrivateNetwork,
    },
  ];
}

/** What is wrong with a certificate, to finish a sentence; `wrong` looks at one that can be read. */
export function certificateProblem(
  pem: unknown,
  wrong: (certificate: X509Certificate) => string | undefined = () => undefined,
): string | undefined {
  try {
    return wrong(new X509Certificate(String(pem)));
  } catch (error) {
    return `must be a certificate in PEM: ${(error as Error).message}`;
  }
}
