import { generateKeyPairSync } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FcmSimulator } from '../../../test/support/vendors/fcm/fcm-simulator.js';
import { inShort, vendorAccount, vendorRequest } from '../../../test/support/vendors/vendor-request.js';
import { SystemClock } from '../../common/clock.js';
import type { VendorAccountConfig, VendorRequest } from '../vendor.js';
import { FCM } from './definition.js';
import { FcmVendor } from './fcm.js';

let simulator: FcmSimulator;
let vendor: FcmVendor;
let account: VendorAccountConfig;

beforeEach(async () => {
  simulator = await new FcmSimulator({ streams: 20 }).start();
  vendor = new FcmVendor(new SystemClock());
  account = vendorAccount(FCM, simulator.settings);
});

afterEach(async () => {
  await vendor.close();
  await simulator.close();
});

const addresses = (count: number): string[] => Array.from({ length: count }, (_, index) => simulator.address(index));
const sent = (): unknown => JSON.parse(simulator.seen.at(-1)?.body ?? 'null');

describe('the access token', () => {
  it('is fetched once by calls that need it together, and kept', async () => {
    const request = (): VendorRequest => vendorRequest(account, addresses(1));
    await Promise.all([vendor.send(request()), vendor.send(request()), vendor.send(request())]);
    await vendor.send(request());
    expect(simulator.tokens).toBe(1);
  });

  it('is fetched anew, once, when it has aged out, for those who had it', async () => {
    await vendor.send(vendorRequest(account, addresses(1)));
    simulator.expireTokens();
    const { outcomes } = await vendor.send(vendorRequest(account, addresses(30)));
    expect(new Set(inShort(outcomes))).toEqual(new Set(['accepted']));
    expect([simulator.tokens, simulator.pushes]).toEqual([2, 31]);
  });

  it('that cannot be had leaves everybody untouched', async () => {
    account = vendorAccount(FCM, { ...simulator.settings, serviceAccount: withKey('rsa') });
    const { outcomes, account: verdict } = await vendor.send(vendorRequest(account, addresses(2)));
    expect(inShort(outcomes)).toEqual(Array(2).fill('retry invalid_grant'));
    expect(verdict).toEqual({
      problem: 'credentials',
      code: 'invalid_grant',
      detail: 'Invalid JWT Signature.',
    });
    expect(simulator.sends).toBe(0);
  });
});

function withKey(type: 'rsa' | 'ed25519'): unknown {
  const { privateKey } =
    type === 'rsa' ? generateKeyPairSync('rsa', { modulusLength: 2048 }) : generateKeyPairSync('ed25519');
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' });
  return { ...(simulator.settings['serviceAccount'] as object), private_key: pem };
}

describe('the account', () => {
  const { signal } = new AbortController();

  it('is verified without a push', async () => {
    expect(await vendor.verify(account, signal)).toEqual({
      ok: true,
      detail: 'FCM accepts the service account, and refuses only the made-up device that was tried.',
    });
    expect(sent()).toMatchObject({ validate_only: true });
    expect(simulator.pushes).toBe(0);
  });

  it('is told apart from one with a wrong key, clock, project or address', async () => {
    const file = simulator.settings['serviceAccount'] as object;
    const verified = (change: Record<string, unknown>): Promise<unknown> =>
      vendor.verify(vendorAccount(FCM, { ...simulator.settings, ...change }), signal);
    const refused = (detail: unknown): unknown => ({ ok: false, detail });
    expect(await verified({ serviceAccount: withKey('rsa') })).toEqual(
      refused('FCM refuses the service account (invalid_grant: Invalid JWT Signature.).'),
    );
    expect(await verified({ serviceAccount: { ...file, project_id: 'other' } })).toEqual(
      refused('FCM refuses the service account (NOT_FOUND: Requested entity was not found.).'),
    );
    expect(await verified({ serviceAccount: { ...file, token_uri: 'https://127.0.0.1:1/token' } })).toEqual(
      refused(expect.stringMatching(/^FCM cannot be reached \(ECONNREFUSED: /)),
    );
    const late = new FcmSimulator({}, () => new Date(Date.now() + 3_600_000));
    await late.start();
    expect(await vendor.verify(vendorAccount(FCM, late.settings), signal)).toEqual(
      refused(expect.stringMatching(/invalid_grant.*reasonable timeframe.*Is the clock of this machine right\?/)),
    );
    await late.close();
  });

  it.each([
    ['no service account', () => ({ a: 1 }), /lacks project_id, client_email, private_key, token_uri/],
    ['a project id that is none', () => ({ project_id: 'a/b' }), /id of a project/],
    ['an address of tokens that is none', () => ({ token_uri: 'ftp://x' }), /token_uri/],
    ['a key that is none', () => ({ private_key: 'x' }), /RSA key in PEM as private_key/],
  ])('is not saved with %s', (_, change, message) => {
    const file = simulator.settings['serviceAccount'] as object;
    const given = 'a' in change() ? change() : { ...file, ...change() };
    expect(() => vendorAccount(FCM, { ...simulator.settings, serviceAccount: given })).toThrow(
      expect.objectContaining({
        errors: [{ path: 'settings.serviceAccount', message: expect.stringMatching(message) }],
      }),
    );
  });

  it('is not saved with a key of another kind', () => {
    expect(() => vendorAccount(FCM, { ...simulator.settings, serviceAccount: withKey('ed25519') })).toThrow(
      expect.objectContaining({
        errors: [
          { path: 'settings.serviceAccount', message: 'must have an RSA key as private_key: this one is ed25519' },
        ],
      }),
    );
  });
});
