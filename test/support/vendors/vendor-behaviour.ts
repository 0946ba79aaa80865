import { describe, expect, it } from '@jest/globals';
import type { Meaning } from '../../../src/vendors/transport/judgement.js';
import type { Vendor, VendorRequest } from '../../../src/vendors/vendor.js';
import { hostileAnswers } from './hostile-answers.js';
import type { HttpSimulator, SimulatorReply } from './http-simulator.js';
import { inShort } from './vendor-request.js';

interface Sample {
  vendor: Vendor;
  simulator: HttpSimulator;
  /** A request to so many targets that the simulator knows. */
  request: (count: number) => VendorRequest;
}

interface Behaviour {
  /** Called within a test. */
  sample: () => Sample;
  /** The vendor's table, each of whose codes is tried. */
  codes: Readonly<Record<string, Meaning>>;
  /** How the vendor tells such a code of a whole call. */
  reply: (code: string) => SimulatorReply;
  /** Targets of such a call; 2 unless told, 1 for a vendor that takes one at a time. */
  targets?: number;
  /** The outcomes' code, where it is not the table's. */
  outcomeCode?: (code: string) => string;
}

/** What holds for every vendor over HTTP, as tests. */
export function behavesLikeAVendor({
  sample,
  codes,
  reply,
  targets = 2,
  outcomeCode = (code) => code,
}: Behaviour): void {
  describe('like every vendor', () => {
    it.each(Object.entries(codes))('it takes code %s for what its table says', async (code, meaning) => {
      const { vendor, simulator, request } = sample();
      // A token that has aged out is fetched anew, once, so the second refusal is the account's fault.
      const again = meaning === 'token-expired' ? 2 : 1;
      for (let time = 0; time < again; time++) simulator.fail({ kind: 'reply', reply: reply(code) });
      const { outcomes, account } = await vendor.send(request(targets));
      const expected = outcomeCode(code);
      if (meaning === 'token-expired' || typeof meaning === 'object') {
        const problem = typeof meaning === 'object' ? meaning.account : 'credentials';
        expect(account).toMatchObject({ problem, code: expected });
        expect(inShort(outcomes)).toEqual(Array(targets).fill(`retry ${expected}`));
      } else {
        expect(account).toBeUndefined();
        expect(inShort(outcomes)).toEqual(Array(targets).fill(`${meaning} ${expected}`));
      }
    });

    it.each([200, 400])('it makes something of any answer with status %i', async (status) => {
      const { vendor, simulator, request } = sample();
      for (const body of hostileAnswers()) {
        simulator.fail({ kind: 'reply', reply: { status, body } });
        const { outcomes } = await vendor.send(request(targets));
        expect([body, outcomes.length]).toEqual([body, targets]);
      }
    });

    it.each(['reset', 'half'] as const)(
      'it does not know what became of a call whose answer was lost (%s)',
      async (kind) => {
        const { vendor, simulator, request } = sample();
        simulator.fail({ kind });
        const { outcomes, account } = await vendor.send(request(1));
        expect(inShort(outcomes)).toEqual(['unknown answer-lost']);
        expect(account).toBeUndefined();
      },
    );

    it('it does not know what became of a call that was aborted while the vendor had it', async () => {
      const { vendor, simulator, request } = sample();
      await vendor.send(request(1));
      simulator.fail({ kind: 'hang' });
      const abort = new AbortController();
      const sent = vendor.send({ ...request(1), signal: abort.signal });
      const before = simulator.requests;
      while (simulator.requests === before) await new Promise((resolve) => setImmediate(resolve));
      abort.abort();
      expect(inShort((await sent).outcomes)).toEqual(['unknown answer-lost']);
    });

    it('it leaves everybody untouched when there is no time left, or the vendor cannot be reached', async () => {
      const { vendor, simulator, request } = sample();
      const over = await vendor.send({ ...request(targets), signal: AbortSignal.abort() });
      expect(inShort(over.outcomes)).toEqual(Array(targets).fill('retry aborted'));
      await simulator.close();
      const { outcomes, account } = await vendor.send(request(targets));
      expect(inShort(outcomes)).toEqual(Array(targets).fill('retry ECONNREFUSED'));
      expect(account).toMatchObject({ problem: 'unreachable', code: 'ECONNREFUSED' });
    });
  });
}
