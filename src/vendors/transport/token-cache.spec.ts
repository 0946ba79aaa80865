import { beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../../test/support/fake-clock.js';
import type { SendResult, VendorAccountConfig } from '../vendor.js';
import { CREDENTIALS, judge } from './judgement.js';
import { type CalledUnderToken, sendUnderToken, TokenCache, type TokenGrant } from './token-cache.js';

const ACCOUNT: VendorAccountConfig = { id: 7, organisationId: 3, code: 'pigeon', settings: { secret: 'a' } };
const REFUSED = { refused: judge(CREDENTIALS, '401', 'wrong secret') };

let clock: FakeClock;
let cache: TokenCache;
let fetches: number;

beforeEach(() => {
  clock = new FakeClock();
  cache = new TokenCache(clock);
  fetches = 0;
});

/** Gives out `token-1`, `token-2` and so on, good for 1000 seconds. */
const fetch = (): Promise<TokenGrant> => Promise.resolve({ token: `token-${++fetches}`, expiresInSeconds: 1_000 });
const tokenOf = (account = ACCOUNT): Promise<unknown> => cache.of(account, fetch);

describe('the token of an account', () => {
  it('is fetched once, however many need it at once', async () => {
    const answers = await Promise.all(Array.from({ length: 50 }, () => tokenOf()));
    expect(new Set(answers.map((answer) => JSON.stringify(answer)))).toEqual(
      new Set(['{"token":"token-1","expiresInSeconds":1000}']),
    );
    expect(fetches).toBe(1);
  });

  it('is used for four fifths of its life, from when it came', async () => {
    let grant: (answer: TokenGrant) => void = () => undefined;
    const slow = cache.of(ACCOUNT, () => new Promise((resolve) => void (grant = resolve)));
    await clock.advance(500_000);
    grant({ token: 'slow', expiresInSeconds: 1_000 });
    expect(await slow).toMatchObject({ token: 'slow' });
    await clock.advance(799_999);
    expect(await tokenOf()).toMatchObject({ token: 'slow' });
    await clock.advance(1);
    expect(await tokenOf()).toMatchObject({ token: 'token-1' });
  });

  it('is another one for another account, and for changed settings', async () => {
    await tokenOf();
    expect(await tokenOf({ ...ACCOUNT, id: 8 })).toMatchObject({ token: 'token-2' });
    expect(await tokenOf({ ...ACCOUNT, organisationId: 4 })).toMatchObject({ token: 'token-3' });
    expect(await tokenOf({ ...ACCOUNT, settings: { secret: 'b' } })).toMatchObject({ token: 'token-4' });
    expect(await tokenOf({ ...ACCOUNT, id: 8 })).toMatchObject({ token: 'token-2' });
  });

  it('is asked for again after a refusal, which all who waited for it share', async () => {
    const refuse = (): Promise<typeof REFUSED> => Promise.resolve((fetches++, REFUSED));
    expect(await Promise.all([cache.of(ACCOUNT, refuse), cache.of(ACCOUNT, refuse)])).toEqual([REFUSED, REFUSED]);
    expect(fetches).toBe(1);
    expect(await tokenOf()).toMatchObject({ token: 'token-2' });
  });

  it('is asked for again after a failure', async () => {
    await expect(cache.of(ACCOUNT, () => Promise.reject(new Error('a bug')))).rejects.toThrow('a bug');
    expect(await tokenOf()).toMatchObject({ token: 'token-1' });
  });
});

describe('a token that the vendor no longer takes', () => {
  it('is dropped once, however many hear of it', async () => {
    await tokenOf();
    await cache.drop(ACCOUNT, 'token-1');
    expect(await tokenOf()).toMatchObject({ token: 'token-2' });
    await cache.drop(ACCOUNT, 'token-1');
    expect(await tokenOf()).toMatchObject({ token: 'token-2' });
  });

  it('is not the one that is being fetched', async () => {
    await tokenOf();
    await cache.drop(ACCOUNT, 'token-1');
    const [fresh] = await Promise.all([tokenOf(), cache.drop(ACCOUNT, 'token-1')]);
    expect(fresh).toMatchObject({ token: 'token-2' });
    expect(await tokenOf()).toMatchObject({ token: 'token-2' });
  });

  it('may never have been there', async () => {
    await expect(cache.drop(ACCOUNT, 'token-1')).resolves.toBeUndefined();
  });
});

describe('a call under a token', () => {
  const targets = ['a', 'b'].map((address) => ({ reference: address, address }));
  const accepted: SendResult = { outcomes: targets.map(() => ({ status: 'accepted' })) };
  const expired = { tokenExpired: judge('token-expired', '42001', 'expired') };
  let calls: string[];

  beforeEach(() => {
    calls = [];
  });

  /** The vendor takes these tokens only. */
  const vendor =
    (...good: string[]) =>
    (token: string): Promise<CalledUnderToken> => {
      calls.push(token);
      return Promise.resolve(good.includes(token) ? accepted : expired);
    };
  const send = (
    call: (token: string) => Promise<CalledUnderToken>,
    from: typeof fetch | (() => Promise<typeof REFUSED>) = fetch,
  ) => sendUnderToken(cache, { account: ACCOUNT, targets }, from, call);

  it('is made once when the token is good', async () => {
    expect(await send(vendor('token-1'))).toBe(accepted);
    expect(calls).toEqual(['token-1']);
  });

  it('is made again under a new one when the token has aged out', async () => {
    expect(await send(vendor('token-2'))).toBe(accepted);
    expect(calls).toEqual(['token-1', 'token-2']);
  });

  it('is given up, as the account’s fault, when the new one is refused as well', async () => {
    expect(await send(vendor())).toEqual({
      outcomes: targets.map(() => ({ status: 'retry', code: '42001' })),
      account: { problem: 'credentials', code: '42001', detail: 'expired' },
    });
    expect(calls).toEqual(['token-1', 'token-2']);
    expect(await send(vendor('token-3'))).toBe(accepted);
  });

  it('fetches one new token, however many calls found the old one aged out', async () => {
    await send(vendor('token-1'));
    await Promise.all(Array.from({ length: 20 }, () => send(vendor('token-2'))));
    expect(fetches).toBe(2);
  });

  it('is not made without a token', async () => {
    const result = await send(vendor(), () => Promise.resolve(REFUSED));
    expect(result).toMatchObject({ account: { problem: 'credentials', code: '401' } });
    expect(result.outcomes).toEqual(targets.map(() => ({ status: 'retry', code: '401' })));
    expect(calls).toEqual([]);
  });
});
