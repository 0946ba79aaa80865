import { once } from 'node:events';
import { createServer as createPlainServer } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../../test/support/fake-clock.js';
import {
  callEcho,
  type EchoCalls,
  type EchoRun,
  echoPeer,
  echoRequest,
  EchoSimulator,
  textsOf,
} from '../../../test/support/vendors/h2-echo.js';
import type { H2SimulatorOptions } from '../../../test/support/vendors/h2-simulator.js';
import type { H2Peer } from './h2-peer.js';
import { H2Pool } from './h2-pool.js';

let simulator: EchoSimulator;
let clock: FakeClock;
let pool: H2Pool;

beforeEach(async () => {
  clock = new FakeClock();
  pool = new H2Pool(clock);
  simulator = await new EchoSimulator().start();
});

afterEach(async () => {
  await pool.close();
  await simulator.close();
});

async function simulate(options: H2SimulatorOptions): Promise<void> {
  await simulator.close();
  simulator = await new EchoSimulator(options).start();
}

const peer = (change?: Partial<H2Peer>): H2Peer => echoPeer(simulator, change);
const run = (count: number, { to = peer(), ...calls }: EchoCalls & { to?: H2Peer } = {}): Promise<EchoRun> =>
  callEcho(pool, to, count, calls);
const places = (count: number): string[] => Array.from({ length: count }, (_, place) => String(place));
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

describe('calls over HTTP/2', () => {
  it('are all answered, on as few sessions as do', async () => {
    expect(textsOf(await run(500))).toEqual(places(500));
    expect(simulator.connections).toBe(1);
  });

  it('are as many at once as the peer lets them be, on as many sessions as the account has', async () => {
    await simulate({ streams: 10 });
    simulator.latencyMilliseconds = 5;
    const result = await run(500, { to: peer({ sessions: 3 }) });
    expect(textsOf(result)).toEqual(places(500));
    expect(simulator.connections).toBe(3);
    expect(simulator.mostAtOnce).toBe(30);
  });

  it('go to a peer without TLS as well', async () => {
    const plain = createPlainServer().listen(0, '127.0.0.1');
    plain.on('stream', (stream) => stream.respond({ ':status': 204 }, { endStream: true }));
    await once(plain, 'listening');
    const to = peer({ origin: `http://127.0.0.1:${(plain.address() as AddressInfo).port}` });
    expect((await run(2, { to })).replies).toMatchObject([
      { answered: true, status: 204, text: '' },
      { answered: true, status: 204, text: '' },
    ]);
    await pool.close();
    plain.close();
  });

  it('become more when the peer lets them', async () => {
    await simulate({ streams: 50, firstStreams: 1 });
    simulator.latencyMilliseconds = 2;
    expect(textsOf(await run(200, { to: peer({ sessions: 1 }) }))).toEqual(places(200));
    expect(simulator.mostAtOnce).toBe(50);
  });

  it('of two callers take turns, so that the few are not held up by the many', async () => {
    await simulate({ streams: 5 });
    const order: string[] = [];
    const many = run(300, { to: peer({ sessions: 1 }) }).then(() => order.push('many'));
    const few = run(3, { to: peer({ sessions: 1 }) }).then(() => order.push('few'));
    await Promise.all([many, few]);
    expect(order).toEqual(['few', 'many']);
    expect(simulator.seen.findLastIndex(({ body }) => body === '2')).toBeLessThan(20);
  });

  it('that the peer never looks at are given up in the end, as not sent', async () => {
    simulator.fail(...Array.from({ length: 4 }, () => ({ kind: 'stream-reset', code: 7 }) as const));
    const { replies } = await run(1);
    expect(replies[0]).toMatchObject({ answered: false, handedOver: false, code: 'refused-stream' });
    expect(simulator.requests).toBe(4);
  });

  it('stop where the caller has enough', async () => {
    await simulate({ streams: 1 });
    let answered = 0;
    await run(100, { to: peer({ sessions: 1 }), stopped: () => answered === 3, answered: () => answered++ });
    expect([answered, simulator.requests]).toEqual([3, 3]);
  });

  it('are over when their time is up, even those in line for a connection', async () => {
    await simulate({ streams: 0 });
    const abort = new AbortController();
    const pending = run(5, { signal: abort.signal });
    await until(() => simulator.connections === 2);
    abort.abort();
    expect(await pending).toEqual({
      replies: [],
      unsent: expect.objectContaining({ code: 'aborted', handedOver: false }),
    });
  });

  it('that a caller makes wrong are the caller’s error', async () => {
    const wrong = run(3, {
      request: () => {
        throw new TypeError('no such push');
      },
    });
    await expect(wrong).rejects.toThrow('no such push');
    expect(textsOf(await run(3))).toEqual(places(3));
  });

  it('get an answer cut short that is too long', async () => {
    const long = { ...echoRequest(0), body: 'x'.repeat(1_000_000) };
    const [text] = textsOf(await run(1, { request: () => long }));
    expect(String(text).length).toBeLessThan(200_000);
  });
});
