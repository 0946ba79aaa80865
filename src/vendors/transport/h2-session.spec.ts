import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../../test/support/fake-clock.js';
import { SERVER_CERTIFICATE, SERVER_KEY } from '../../../test/support/vendors/h2-certificates.js';
import {
  callEcho,
  type EchoCalls,
  type EchoRun,
  echoPeer,
  EchoSimulator,
  StallingRelay,
  textsOf,
} from '../../../test/support/vendors/h2-echo.js';
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

const peer = (change?: Partial<H2Peer>): H2Peer => echoPeer(simulator, change);
const run = (count: number, { to = peer(), ...calls }: EchoCalls & { to?: H2Peer } = {}): Promise<EchoRun> =>
  callEcho(pool, to, count, calls);
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

describe('a session', () => {
  it('that has been cut is replaced, and takes with it only what was on it', async () => {
    await simulator.close();
    simulator = await new EchoSimulator({ streams: 10 }).start();
    simulator.fail({ kind: 'reset' });
    const { replies, unsent } = await run(100, { to: peer({ sessions: 1 }) });
    const lost = replies.filter((reply) => !reply.answered);
    expect(lost.length).toBeGreaterThanOrEqual(1);
    expect(lost.length).toBeLessThanOrEqual(10);
    for (const reply of lost) expect(reply).toMatchObject({ handedOver: true, code: 'answer-lost' });
    expect([replies.length, unsent, simulator.connections]).toEqual([100, undefined, 2]);
  });

  it('whose peer does not answer a ping is given up, with what is under way on it', async () => {
    const relay = new StallingRelay(simulator.url);
    const to = peer({ origin: await relay.start() });
    await run(1, { to });
    relay.stall();
    const waiting = run(1, { to });
    await clock.advance(15_000);
    await clock.advance(10_000);
    expect(await waiting).toEqual({
      replies: [
        {
          answered: false,
          handedOver: true,
          code: 'answer-lost',
          detail: 'The connection is dead: a ping got no answer.',
        },
      ],
      unsent: undefined,
    });
    expect(textsOf(await run(1, { to }))).toEqual(['0']);
    expect(simulator.connections).toBe(2);
    relay.close();
  });

  it('is asked for a sign of life once a call has run out of time', async () => {
    const relay = new StallingRelay(simulator.url);
    const to = peer({ origin: await relay.start() });
    await run(1, { to });
    relay.stall();
    const abort = new AbortController();
    const waiting = run(1, { to, signal: abort.signal });
    abort.abort();
    expect(textsOf(await waiting)).toEqual(['answer-lost']);
    await clock.advance(10_000);
    expect(textsOf(await run(1, { to }))).toEqual(['0']);
    expect(simulator.connections).toBe(2);
    relay.close();
  });

  it('is asked every minute while it is idle', async () => {
    const relay = new StallingRelay(simulator.url);
    const to = peer({ origin: await relay.start() });
    await run(1, { to });
    relay.stall();
    await clock.advance(60_000);
    expect(clock.isWaiting(10_000)).toBe(true);
    await clock.advance(10_000);
    await run(1, { to });
    expect(simulator.connections).toBe(2);
    relay.close();
  });

  it('is ended when it has been idle for an hour', async () => {
    await run(1);
    for (let round = 1; round < 240; round++) {
      await clock.advance(15_000);
      await until(() => !clock.isWaiting(10_000));
    }
    expect(simulator.live).toBe(1);
    await clock.advance(15_000);
    await until(() => simulator.live === 0);
    await run(1);
    expect(simulator.connections).toBe(2);
  });

  it('is left for another one when the account changes, after what is under way', async () => {
    simulator.latencyMilliseconds = 20;
    const before = run(2);
    await until(() => simulator.requests === 2);
    const after = run(2, { to: peer({ identity: 'another key' }) });
    expect([textsOf(await before), textsOf(await after)]).toEqual([
      ['0', '1'],
      ['0', '1'],
    ]);
    expect(simulator.connections).toBe(2);
  });

  it('is closed with the pool, after what is under way', async () => {
    simulator.latencyMilliseconds = 20;
    const under = run(2);
    await until(() => simulator.requests === 2);
    await pool.close();
    expect(textsOf(await under)).toEqual(['0', '1']);
  });

  it('is closed with the pool even when its peer is dead', async () => {
    const relay = new StallingRelay(simulator.url);
    await run(1, { to: peer({ origin: await relay.start() }) });
    relay.stall();
    const closed = pool.close();
    await clock.advance(1_000);
    await closed;
    relay.close();
  });
});

describe('a peer that cannot be reached', () => {
  const failed = async (change: Partial<H2Peer>): Promise<unknown> => {
    const { replies, unsent } = await run(3, { to: peer(change) });
    expect(replies).toEqual([]);
    return unsent;
  };
  const because = (code: string, detail: unknown = expect.any(String)): unknown => ({
    answered: false,
    handedOver: false,
    code,
    detail,
  });

  it('is not there', async () => {
    expect(await failed({ origin: 'https://127.0.0.1:1' })).toEqual(because('ECONNREFUSED'));
    expect(await failed({ origin: 'http://127.0.0.1:1' })).toEqual(because('ECONNREFUSED'));
  });

  it('lies in a private network, by address or by name', async () => {
    const allowPrivateNetwork = false;
    const { port } = new URL(simulator.url);
    expect(await failed({ allowPrivateNetwork })).toEqual(
      because('private-address', expect.stringMatching(/allowPrivateNetwork/)),
    );
    expect(await failed({ allowPrivateNetwork, origin: `https://localhost:${port}` })).toEqual(
      because('private-address', expect.stringMatching(/localhost/)),
    );
    expect(simulator.connections).toBe(0);
  });

  it('is not who it says, to those who do not trust its authority', async () => {
    expect(await failed({ ca: undefined })).toEqual(because('SELF_SIGNED_CERT_IN_CHAIN'));
  });

  it('does not speak HTTP/2', async () => {
    const old = createTlsServer({ cert: SERVER_CERTIFICATE, key: SERVER_KEY }).listen(0, '127.0.0.1');
    await once(old, 'listening');
    const origin = `https://127.0.0.1:${(old.address() as AddressInfo).port}`;
    expect(await failed({ origin })).toEqual(because('no-http2', `${origin} does not speak HTTP/2.`));
    old.close();
  });

  it('hangs up, or says nothing for five seconds', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const origin = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    silent.once('connection', (socket) => socket.destroy());
    expect(await failed({ origin })).toMatchObject({ code: expect.stringMatching(/connection-closed|ECONNRESET/) });
    const waiting = failed({ origin });
    const [socket] = (await once(silent, 'connection')) as [Socket];
    await clock.advance(5_000);
    expect(await waiting).toEqual(because('connect-timeout', `${origin} does not answer.`));
    socket.destroy();
    silent.close();
  });
});
