import { once } from 'node:events';
import { type ClientHttp2Session, connect, type OutgoingHttpHeaders } from 'node:http2';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { SystemClock } from '../../src/common/clock.js';
import { ApnsVendor } from '../../src/vendors/apns/apns.js';
import { FcmVendor } from '../../src/vendors/fcm/fcm.js';
import type { Vendor, VendorAccountConfig, VendorRequest } from '../../src/vendors/vendor.js';
import { startProgram } from '../support/child-program.js';
import { ApnsSimulator } from '../support/vendors/apns/apns-simulator.js';
import { FcmSimulator } from '../support/vendors/fcm/fcm-simulator.js';
import { TEST_AUTHORITY } from '../support/vendors/h2-certificates.js';
import type { SeenStream } from '../support/vendors/h2-simulator.js';
import { vendorAccount, vendorRequest } from '../support/vendors/vendor-request.js';
import { percentile } from './percentile.js';
import type { H2VendorArgument, H2VendorReady } from './programs/h2-vendor.js';

const PROGRAM = new URL('./programs/h2-vendor.js', import.meta.url);
/** Short, so that what else the machine does falls on both alike. */
const PUSHES_A_ROUND = 6_000;
const LEAST_ROUNDS = 5;
const BATCH = 1_000;
const CALLS_AT_ONCE = 2;
const SESSIONS = 2;
const STREAMS = 500;
const WARM_UP = 5_000;

type Code = 'apns' | 'fcm';

const KINDS = {
  apns: { simulator: ApnsSimulator, vendor: ApnsVendor },
  fcm: { simulator: FcmSimulator, vendor: FcmVendor },
} as const;

export interface WireRates {
  /** Pushes per second of the adapter. */
  adapter: number;
  /** The same of the floor. */
  floor: number;
  /** Microseconds of processor time that a push takes this process: of the adapter, and of the floor. */
  adapterMicros: number;
  floorMicros: number;
}

/**
 * Pushes per second of the adapter, and of a bare loop over node:http2 that sends the same bytes over as many sessions and streams, to
 * the same simulator in a process of its own; medians of rounds that take turns.
 */
export async function h2Wire(code: Code, pushes: number): Promise<WireRates> {
  return withSimulator(code, async (account) => {
    const vendor = new KINDS[code].vendor(new SystemClock());
    const request = requestTo(account, code, BATCH);
    const floor = await Floor.to(code, request);
    try {
      const adapter: Rate[] = [];
      const bare: Rate[] = [];
      await Promise.all([sendAll(vendor, request, WARM_UP), floor.send(WARM_UP)]);
      const rounds = Math.max(LEAST_ROUNDS, Math.round(pushes / PUSHES_A_ROUND));
      for (let round = 0; round < rounds; round++) {
        adapter.push(await measured(() => sendAll(vendor, request, PUSHES_A_ROUND)));
        bare.push(await measured(() => floor.send(PUSHES_A_ROUND)));
      }
      return {
        adapter: median(adapter, 'perSecond'),
        floor: median(bare, 'perSecond'),
        adapterMicros: median(adapter, 'micros'),
        floorMicros: median(bare, 'micros'),
      };
    } finally {
      floor.close();
      await vendor.close();
    }
  });
}

/** Bytes that the process has grown by, from its first 20 000 pushes to its last. */
export async function steadyMemory(
  code: Code,
  pushes = 200_000,
): Promise<{ residentBytes: number; heapBytes: number }> {
  return withSimulator(code, async (account) => {
    const vendor = new KINDS[code].vendor(new SystemClock());
    const request = requestTo(account, code, BATCH);
    try {
      await sendAll(vendor, request, 20_000);
      const before = memory();
      await sendAll(vendor, request, pushes - 20_000);
      const after = memory();
      return { residentBytes: after.rss - before.rss, heapBytes: after.heapUsed - before.heapUsed };
    } finally {
      await vendor.close();
    }
  });
}

async function withSimulator<T>(code: Code, measure: (account: VendorAccountConfig) => Promise<T>): Promise<T> {
  const argument: H2VendorArgument = { vendor: code, streams: STREAMS };
  const program = await startProgram<H2VendorReady>(PROGRAM, argument);
  try {
    return await measure(accountWith(code, program.ready));
  } finally {
    await program.stop();
  }
}

function accountWith(code: Code, settings: Record<string, unknown>): VendorAccountConfig {
  const { definition } = new KINDS[code].vendor(new SystemClock());
  return vendorAccount(definition, { ...settings, sessions: SESSIONS });
}

interface Rate {
  perSecond: number;
  micros: number;
}

async function measured(send: () => Promise<void>): Promise<Rate> {
  const start = performance.now();
  const before = process.cpuUsage();
  await send();
  const { user, system } = process.cpuUsage(before);
  const seconds = (performance.now() - start) / 1000;
  return { perSecond: PUSHES_A_ROUND / seconds, micros: (user + system) / PUSHES_A_ROUND };
}

const median = (rates: readonly Rate[], name: keyof Rate): number =>
  percentile(
    rates.map((rate) => rate[name]),
    0.5,
  );

function requestTo(account: VendorAccountConfig, code: Code, count: number): VendorRequest {
  const simulator = new KINDS[code].simulator();
  const addresses = Array.from({ length: count }, (_, number) => simulator.address(number));
  return vendorRequest(account, addresses);
}

/** Some calls at once, each of a full batch. */
async function sendAll(vendor: Vendor, request: VendorRequest, pushes: number): Promise<void> {
  let left = pushes;
  const caller = async (): Promise<void> => {
    while (left > 0) {
      const targets = request.targets.slice(0, Math.min(BATCH, left));
      left -= targets.length;
      const { outcomes } = await vendor.send({ ...request, targets });
      const failed = outcomes.find(({ status }) => status !== 'accepted');
      if (failed !== undefined) throw new Error(`A push was not accepted: ${JSON.stringify(failed)}`);
    }
  };
  await Promise.all(Array.from({ length: CALLS_AT_ONCE }, caller));
}

/** The least that anything over node:http2 must do. */
class Floor {
  private constructor(
    private readonly sessions: readonly ClientHttp2Session[],
    private readonly headersOf: (number: number) => OutgoingHttpHeaders,
    private readonly body: Buffer,
  ) {}

  static async to(code: Code, { account, targets }: VendorRequest): Promise<Floor> {
    const { headers, body } = await sample(code, account);
    const { ':authority': _authority, ':path': path = '', ...others } = headers;
    const addresses = targets.map(({ address }) => address);
    const headersOf = (number: number): OutgoingHttpHeaders =>
      code === 'apns'
        ? { ...others, ':path': `/3/device/${addresses[number % BATCH]}`, 'apns-id': uuid(number) }
        : { ...others, ':path': path };
    const sessions = Array.from({ length: SESSIONS }, () =>
      connect(String(account.settings['baseUrl']), { ca: TEST_AUTHORITY, maxSessionMemory: 64 }),
    );
    const floor = new Floor(sessions, headersOf, Buffer.from(body));
    await Promise.all(sessions.map((session) => floor.open(session)));
    return floor;
  }

  close(): void {
    for (const session of this.sessions) session.close();
  }

  send(count: number): Promise<void> {
    return new Promise((resolve, reject) => {
      let started = 0;
      let done = 0;
      const next = (session: ClientHttp2Session): void => {
        this.request(session, started++, (status) => {
          if (status !== 200) return reject(new Error(`The floor got ${status}`));
          if (++done === count) resolve();
          else if (started < count) next(session);
        });
      };
      for (let stream = 0; stream < STREAMS; stream++)
        for (const session of this.sessions) if (started < count) next(session);
    });
  }

  private request(session: ClientHttp2Session, number: number, over: (status: number) => void): void {
    const stream = session.request(this.headersOf(number));
    let status = 0;
    stream.on('response', (headers) => {
      status = headers[':status'] ?? 0;
    });
    stream.on('error', () => undefined);
    stream.on('close', () => over(status));
    stream.resume();
    stream.end(this.body);
  }

  /** A vendor may allow one stream only until the first good request. */
  private async open(session: ClientHttp2Session): Promise<void> {
    await once(session, 'remoteSettings');
    const raised =
      session.remoteSettings.maxConcurrentStreams === STREAMS ? undefined : once(session, 'remoteSettings');
    await new Promise<void>((resolve) => this.request(session, 0, () => resolve()));
    await raised;
  }
}

const uuid = (number: number): string => `00000000-0000-8000-a000-${number.toString(16).padStart(12, '0')}`;

/** What the adapter sends, as a simulator of its own saw it; that it refuses the credentials of another one does not matter. */
async function sample(code: Code, account: VendorAccountConfig): Promise<Pick<SeenStream, 'headers' | 'body'>> {
  const simulator = await new KINDS[code].simulator().start();
  const vendor = new KINDS[code].vendor(new SystemClock());
  try {
    const settings = { ...account.settings, baseUrl: simulator.url };
    await vendor.send(requestTo({ ...account, settings }, code, 1));
    const [seen] = simulator.seen;
    if (seen === undefined) throw new Error('The adapter sent nothing');
    return seen;
  } finally {
    await vendor.close();
    await simulator.close();
  }
}

/** After a collection, so that garbage does not count. */
function memory(): NodeJS.MemoryUsage {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  return process.memoryUsage();
}
