import { describe, expect, it } from '@jest/globals';
import type { Vendor, VendorRequest } from '../../../src/vendors/vendor.js';
import { inShort } from './vendor-request.js';

interface Sample {
  vendor: Vendor;
  /** A request to one target that the vendor knows; another for each number. */
  request: (number: number) => VendorRequest;
  /** How many tokens the simulator has given out. */
  grants: () => number;
  /** Makes it refuse all that it gave out. */
  expire: () => void;
}

interface Behaviour {
  /** Called within a test. */
  sample: () => Sample;
  /** A request under credentials that the vendor refuses, and the verdict on them. */
  refused: () => { request: VendorRequest; verdict: { code: string; detail: string } };
}

/** What holds for every vendor that is called under an access token, as tests. */
export function behavesUnderAToken({ sample, refused }: Behaviour): void {
  describe('the access token', () => {
    it('is fetched once for all who need it at the same time', async () => {
      const { vendor, request, grants } = sample();
      const results = await Promise.all([1, 2, 3, 4, 5].map((number) => vendor.send(request(number))));
      expect(results.flatMap(({ outcomes }) => inShort(outcomes))).toEqual(Array(5).fill('accepted'));
      expect(grants()).toBe(1);
    });

    it('is fetched anew, once, when it has aged out', async () => {
      const { vendor, request, grants, expire } = sample();
      await vendor.send(request(1));
      expire();
      const both = await Promise.all([2, 3].map((number) => vendor.send(request(number))));
      expect(both.flatMap(({ outcomes }) => inShort(outcomes))).toEqual(['accepted', 'accepted']);
      expect(grants()).toBe(2);
    });

    it('that is refused is the trouble of the account, and nothing is sent', async () => {
      const { vendor, grants } = sample();
      const { request, verdict } = refused();
      expect(await vendor.send(request)).toEqual({
        outcomes: request.targets.map(() => ({ status: 'retry', code: verdict.code })),
        account: { problem: 'credentials', ...verdict },
      });
      expect(grants()).toBe(0);
    });
  });
}
