import { constants } from 'node:http2';
import { describe, expect, it } from '@jest/globals';
import type { Meaning } from '../../../src/vendors/transport/judgement.js';
import type { Vendor, VendorRequest } from '../../../src/vendors/vendor.js';
import type { H2Fault, H2Simulator } from './h2-simulator.js';
import type { SimulatorReply } from './http-simulator.js';
import { inShort } from './vendor-request.js';

interface Sample {
  vendor: Vendor;
  simulator: H2Simulator;
  /** A request to so many targets that the simulator knows; it has room for few of them at once. */
  request: (count: number) => VendorRequest;
}

interface Behaviour {
  /** Called within a test. */
  sample: () => Sample;
  /** The vendor's table, each of whose codes is tried. */
  codes: Readonly<Record<string, Meaning>>;
  /** How the vendor tells such a code. */
  reply: (code: string) => SimulatorReply;
}

/** What holds for every vendor that is sent to one by one over HTTP/2, as tests. */
export function behavesLikeAnH2Vendor({ sample, codes, reply }: Behaviour): void {
  describe('like every vendor over HTTP/2', () => {
    it.each(Object.entries(codes))('it takes code %s for what its table says', async (code, meaning) => {
      const { vendor, simulator, request } = sample();
      // A token that has aged out is made anew, once, so the second refusal is the account's fault.
      const refusals = meaning === 'token-expired' ? 2 : 1;
      for (let time = 0; time < refusals; time++) simulator.fail({ kind: 'reply', reply: reply(code) });
      const { outcomes, account } = await vendor.send(request(1));
      if (meaning === 'token-expired' || typeof meaning === 'object') {
        const problem = typeof meaning === 'object' ? meaning.account : 'credentials';
        expect(account).toMatchObject({ problem, code });
        expect(inShort(outcomes)).toEqual([`retry ${code}`]);
      } else {
        expect(account).toBeUndefined();
        expect(inShort(outcomes)).toEqual([`${meaning} ${code}`]);
      }
      expect(simulator.sends).toBe(refusals);
    });

    const losses: [string, H2Fault][] = [
      ['its connection was cut', { kind: 'reset' }],
      ['it broke off', { kind: 'half' }],
      ['its stream was reset', { kind: 'stream-reset', code: constants.NGHTTP2_INTERNAL_ERROR }],
    ];
    it.each(losses)('it does not know what became of a request whose answer was lost since %s', async (_, fault) => {
      const { vendor, simulator, request } = sample();
      simulator.fail(fault);
      const { outcomes, account } = await vendor.send(request(1));
      expect(inShort(outcomes)).toEqual(['unknown answer-lost']);
      expect(account).toBeUndefined();
      expect(inShort((await vendor.send(request(1))).outcomes)).toEqual(['accepted']);
    });

    const turnedAway: [string, H2Fault][] = [
      ['its stream was refused', { kind: 'stream-reset', code: constants.NGHTTP2_REFUSED_STREAM }],
      ['the connection ended before it', { kind: 'goaway' }],
      ['the connection broke before it', { kind: 'goaway', code: constants.NGHTTP2_INTERNAL_ERROR }],
    ];
    it.each(turnedAway)('it sends again what the vendor has not looked at, since %s', async (_, fault) => {
      const { vendor, simulator, request } = sample();
      await vendor.send(request(1));
      simulator.fail(fault);
      expect(inShort((await vendor.send(request(1))).outcomes)).toEqual(['accepted']);
      expect(simulator.pushes).toBe(2);
    });

    it('it sends to the others after a farewell that took only some of them', async () => {
      const { vendor, simulator, request } = sample();
      await vendor.send(request(1));
      simulator.fail({ kind: 'goaway', taken: true });
      expect(new Set(inShort((await vendor.send(request(50))).outcomes))).toEqual(new Set(['accepted']));
      expect(simulator.pushes).toBe(51);
    });

    it('a verdict on the account leaves untouched who is not on the way yet', async () => {
      const { vendor, simulator, request } = sample();
      await vendor.send(request(1));
      const [code] = Object.entries(codes).find(([, meaning]) => typeof meaning === 'object') ?? [''];
      const before = simulator.sends;
      simulator.latencyMilliseconds = 5;
      simulator.fail({ kind: 'reply', reply: reply(code) });
      const { outcomes, account } = await vendor.send(request(1000));
      expect(account?.code).toBe(code);
      expect(simulator.sends - before).toBeLessThan(1000);
      expect(inShort(outcomes).filter((outcome) => outcome === 'accepted')).toHaveLength(simulator.pushes - 1);
      expect(new Set(inShort(outcomes))).toEqual(new Set(['accepted', `retry ${code}`]));
    });

    it('when the time is up, it knows who was not sent to, and does not know what became of the others', async () => {
      const { vendor, simulator, request } = sample();
      await vendor.send(request(1));
      simulator.fail(...Array.from({ length: 1000 }, (): H2Fault => ({ kind: 'hang' })));
      const abort = new AbortController();
      const before = simulator.sends;
      const sent = vendor.send({ ...request(1000), signal: abort.signal });
      while (simulator.sends === before) await new Promise((resolve) => setImmediate(resolve));
      abort.abort();
      const outcomes = inShort((await sent).outcomes);
      const unknown = outcomes.filter((outcome) => outcome === 'unknown answer-lost').length;
      expect(unknown).toBeGreaterThanOrEqual(1);
      expect(outcomes.filter((outcome) => outcome === 'retry aborted')).toHaveLength(1000 - unknown);
    });

    it('it leaves everybody untouched when there is no time left, or the vendor cannot be reached', async () => {
      const { vendor, simulator, request } = sample();
      const over = await vendor.send({ ...request(2), signal: AbortSignal.abort() });
      expect(inShort(over.outcomes)).toEqual(Array(2).fill('retry aborted'));
      await simulator.close();
      const { outcomes, account } = await vendor.send(request(2));
      expect(inShort(outcomes)).toEqual(Array(2).fill('retry ECONNREFUSED'));
      expect(account).toMatchObject({ problem: 'unreachable', code: 'ECONNREFUSED' });
    });
  });
}
