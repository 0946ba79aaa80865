import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';
import type { HttpReply } from '../../../src/vendors/transport/account-http.js';
import type { H2Peer } from '../../../src/vendors/transport/h2-peer.js';
import type { H2Pool } from '../../../src/vendors/transport/h2-pool.js';
import type { H2Calls, Unsent } from '../../../src/vendors/transport/h2-run.js';
import type { H2Request } from '../../../src/vendors/transport/h2-session.js';
import type { VendorAccountConfig } from '../../../src/vendors/vendor.js';
import { TEST_AUTHORITY } from './h2-certificates.js';
import { H2Simulator, type SeenStream } from './h2-simulator.js';
import type { SimulatorReply } from './http-simulator.js';

/** Answers with the body it got. */
export class EchoSimulator extends H2Simulator {
  readonly vendor = 'echo';
  readonly settings = {};

  address(number: number): string {
    return String(number);
  }

  protected isSend(): boolean {
    return true;
  }

  protected throttled(): SimulatorReply {
    return { status: 429 };
  }

  protected answer({ body }: SeenStream): SimulatorReply {
    this.pushes++;
    return { body };
  }
}

/** A cable to a server, in which everything can get stuck. */
export class StallingRelay {
  private readonly sockets: Socket[] = [];
  private readonly server: Server;

  constructor(target: string) {
    const { hostname, port } = new URL(target);
    this.server = createServer((near) => {
      const far = connect(Number(port), hostname);
      this.sockets.push(near, far);
      for (const socket of [near, far]) socket.on('error', () => undefined);
      near.pipe(far).pipe(near);
      near.on('close', () => far.destroy());
      far.on('close', () => near.destroy());
    });
  }

  async start(): Promise<string> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
    return `https://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stall(): void {
    for (const socket of this.sockets.splice(0)) socket.unpipe().pause();
  }

  close(): void {
    this.server.close();
    for (const socket of this.sockets) socket.destroy();
  }
}

/** The simulator as an account of two sessions has it. */
export const echoPeer = (simulator: EchoSimulator, change: Partial<H2Peer> = {}): H2Peer => ({
  origin: simulator.url,
  identity: '',
  sessions: 2,
  allowPrivateNetwork: true,
  ca: TEST_AUTHORITY,
  ...change,
});

export interface EchoRun {
  replies: HttpReply[];
  unsent: Unsent | undefined;
}

const account: VendorAccountConfig = { id: 7, organisationId: 3, code: 'echo', settings: {} };

export interface EchoCalls {
  signal?: AbortSignal;
  stopped?: () => boolean;
  request?: H2Calls['request'];
  answered?: () => void;
}

/** So many calls, whose bodies are their places. */
export async function callEcho(pool: H2Pool, to: H2Peer, count: number, wanted: EchoCalls = {}): Promise<EchoRun> {
  const { signal = new AbortController().signal, stopped = () => false, request = echoRequest } = wanted;
  const replies: HttpReply[] = [];
  const unsent = await pool.run(account, to, {
    count,
    signal,
    get stopped() {
      return stopped();
    },
    request,
    answered: (place, reply) => {
      replies[place] = reply;
      wanted.answered?.();
      return undefined;
    },
  });
  return { replies, unsent };
}

export const echoRequest = (place: number): H2Request => ({
  headers: { ':method': 'POST', ':path': '/' },
  body: String(place),
});

/** The texts of the answers, and the codes of those that there are not. */
export const textsOf = ({ replies }: EchoRun): string[] =>
  replies.map((reply) => (reply.answered ? reply.text : reply.code));
