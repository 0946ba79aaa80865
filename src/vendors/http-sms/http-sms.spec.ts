import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../../test/support/fake-clock.js';
import { FormGateway } from '../../../test/support/vendors/http-sms/form-gateway.js';
import { JsonGateway } from '../../../test/support/vendors/http-sms/json-gateway.js';
import { json } from '../../../test/support/vendors/http-simulator.js';
import { behavesLikeAVendor } from '../../../test/support/vendors/vendor-behaviour.js';
import { inShort, vendorAccount, vendorRequest } from '../../../test/support/vendors/vendor-request.js';
import { SystemClock } from '../../common/clock.js';
import type { Meaning } from '../transport/judgement.js';
import type { VendorAccountConfig, VendorRequest } from '../vendor.js';
import { MEANINGS } from './codes.js';
import { HTTP_SMS } from './definition.js';
import { HttpSmsVendor } from './http-sms.js';

let vendor: HttpSmsVendor;

beforeEach(() => {
  vendor = new HttpSmsVendor(new SystemClock());
});

afterEach(() => vendor.close());

const { signal } = new AbortController();
const content = { text: '您的报告已出' };
const inGbk = (text: string): string =>
  new TextDecoder('gbk').decode(
    Buffer.from(
      text.replaceAll(/%(..)/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
      'latin1',
    ),
  );

/** What the simulator's settings say that codes mean. */
const tableOf = (settings: Record<string, unknown>): Record<string, Meaning> =>
  Object.fromEntries(
    Object.entries(settings['codes'] as Record<string, keyof typeof MEANINGS>)
      .filter(([code]) => !code.endsWith('*'))
      .map(([code, word]) => [code, MEANINGS[word]]),
  );

describe('a gateway with a signed form in GBK and answers in plain text', () => {
  let simulator: FormGateway;
  let account: VendorAccountConfig;

  beforeEach(async () => {
    simulator = await new FormGateway().start();
    account = vendorAccount(HTTP_SMS, simulator.settings);
  });

  afterEach(() => simulator.close());

  const sms = (count: number, change: Partial<VendorRequest> = {}): VendorRequest => {
    const addresses = Array.from({ length: count }, (_, index) => simulator.address(index));
    return vendorRequest(change.account ?? account, addresses, { content, ...change });
  };

  it('gets a request for as many numbers as the settings allow, and one id stands for them all', async () => {
    const { outcomes, account: verdict } = await vendor.send(sms(1000));
    expect(verdict).toBeUndefined();
    expect([simulator.requests, simulator.pushes]).toEqual([2, 1000]);
    expect(new Set(inShort(outcomes))).toEqual(new Set(['accepted']));
    const references = outcomes.map((outcome) => ('vendorReference' in outcome ? outcome.vendorReference : undefined));
    // With the number in it, so that each receipt is of one delivery.
    expect(references[1]).toMatch(/^\d{14,} 8613800000001$/);
    expect(new Set(references).size).toBe(1000);
    expect(outcomes.every((outcome) => 'echoesNothing' in outcome && outcome.echoesNothing)).toBe(true);
  });

  it('gets the text with its sign in its own characters, and a fresh signature', async () => {
    const foreign = { reference: '16-1-2', address: '+85251234567' };
    const request = sms(1, { content: { ...content, sign: '市立医院' } });
    await vendor.send({ ...request, targets: [...request.targets, foreign] });
    const { headers, body = '' } = simulator.seen.at(-1) ?? {};
    expect(headers?.['content-type']).toBe('application/x-www-form-urlencoded; charset=gbk');
    expect(body).toContain('content=%A1%BE%CA%D0%C1%A2%D2%BD%D4%BA%A1%BF');
    expect(
      Object.fromEntries(
        inGbk(body)
          .split('&')
          .map((pair) => pair.split('=')),
      ),
    ).toEqual({
      account: 'clinic',
      ts: expect.stringMatching(/^20\d{12}$/),
      sign: expect.stringMatching(/^[0-9a-f]{32}$/),
      mobile: '13800000000,0085251234567',
      content: '【市立医院】您的报告已出',
    });
  });

  it('may be called by GET, with everything in the query', async () => {
    const settings = { ...simulator.settings, method: 'GET', encoding: 'query', charset: 'utf-8' };
    const { outcomes } = await vendor.send(sms(2, { account: vendorAccount(HTTP_SMS, settings) }));
    expect(inShort(outcomes)).toEqual(['accepted', 'accepted']);
    const { method, query, body } = simulator.seen.at(-1) ?? {};
    expect([method, query?.get('mobile'), query?.get('content'), body]).toEqual([
      'GET',
      '13800000000,13800000001',
      '【诊所】您的报告已出',
      '',
    ]);
  });

  it('gets the words of each person in requests of their own', async () => {
    const targets = sms(3).targets.map((target, index) => ({
      ...target,
      ...(index > 0 && { content: { text: `第 ${index} 位` } }),
    }));
    const { outcomes } = await vendor.send({ ...sms(1), targets });
    expect(inShort(outcomes)).toEqual(['accepted', 'accepted', 'accepted']);
    expect(simulator.seen.map(({ body }) => /mobile=(\d+)/.exec(body)?.[1])).toEqual(
      targets.map(({ address }) => address),
    );
  });

  it('is not believed when it calls several numbers dead at once', async () => {
    const gone = (count: number): VendorRequest =>
      vendorRequest(
        account,
        Array.from({ length: count }, (_, index) => simulator.address(index, true)),
        { content },
      );
    expect(inShort((await vendor.send(gone(1))).outcomes)).toEqual(['address-gone 107']);
    simulator.fail({ kind: 'reply', reply: { body: '107,' } });
    expect(inShort((await vendor.send(gone(2))).outcomes)).toEqual(['rejected 107', 'rejected 107']);
  });

  it('rests until its next day when its quota is spent', async () => {
    // Ten in the morning in Shanghai.
    vendor = new HttpSmsVendor(new FakeClock(new Date('2026-12-01T02:00:00Z')));
    simulator.fail({ kind: 'reply', reply: { body: '104,' } });
    expect((await vendor.send(sms(1))).account).toMatchObject({
      problem: 'quota',
      code: '104',
      afterSeconds: 14 * 3600,
    });
  });

  it('that takes texts is not sent a template', async () => {
    const vendorTemplate = { id: 'T1', params: {} };
    expect(inShort((await vendor.send(sms(1, { content: { vendorTemplate } }))).outcomes)).toEqual([
      'rejected no-words',
    ]);
    expect(simulator.requests).toBe(0);
  });

  it('is verified by a query of the balance', async () => {
    expect(await vendor.verify(account, signal)).toEqual({ ok: true, detail: 'The gateway accepts the account.' });
    const wrong = vendorAccount(HTTP_SMS, { ...simulator.settings, password: 'wrong' });
    expect(await vendor.verify(wrong, signal)).toEqual({
      ok: false,
      detail: 'The gateway refuses the account: 101 (101,)',
    });
    expect(simulator.pushes).toBe(0);
    await simulator.close();
    expect((await vendor.verify(account, signal)).detail).toMatch(/^The gateway cannot be reached: ./);
  });

  describe.each(['POST', 'GET'])('by %s', (method) => {
    const settings = (): Record<string, unknown> =>
      method === 'GET' ? { ...simulator.settings, method, encoding: 'query', charset: 'utf-8' } : simulator.settings;

    behavesLikeAVendor({
      sample: () => ({
        vendor,
        simulator,
        request: (count) => sms(count, { account: vendorAccount(HTTP_SMS, settings()) }),
      }),
      codes: tableOf(new FormGateway().settings),
      reply: (code) => ({ body: `${code},` }),
      targets: 1,
    });
  });
});

describe('a gateway with JSON, a header of its own and a result for each number', () => {
  let simulator: JsonGateway;
  let account: VendorAccountConfig;

  beforeEach(async () => {
    simulator = await new JsonGateway().start();
    account = vendorAccount(HTTP_SMS, simulator.settings);
  });

  afterEach(() => simulator.close());

  const sms = (to: number | string[], change: Partial<VendorRequest> = {}): VendorRequest => {
    const addresses = typeof to === 'number' ? Array.from({ length: to }, (_, index) => simulator.address(index)) : to;
    return vendorRequest(account, addresses, { content, ...change });
  };
  const answering = async (body: unknown, status = 200, headers: Record<string, string> = {}, count = 1) => {
    const reply = json(body, status);
    simulator.fail({ kind: 'reply', reply: { ...reply, headers: { ...reply.headers, ...headers } } });
    const { outcomes, account: verdict } = await vendor.send(sms(count));
    return { outcomes: inShort(outcomes), verdict };
  };

  it('gets everything in one request', async () => {
    vendor = new HttpSmsVendor(new SystemClock());
    const receiptUrl = 'http://127.0.0.1:9/r';
    const { outcomes } = await vendor.send(sms(['+8613800000000', '13800000001'], { receiptUrl }));
    expect(outcomes).toEqual([
      { status: 'accepted', vendorReference: 'm-1' },
      { status: 'accepted', vendorReference: 'm-2' },
    ]);
    const { path, headers, body = '' } = simulator.seen.at(-1) ?? {};
    expect(path).toBe('/v2/clinic/messages');
    expect(headers?.['content-type']).toBe('application/json; charset=utf-8');
    expect(JSON.parse(body)).toEqual({
      time: expect.any(Number),
      messages: [
        { to: '+8613800000000', ref: '16-1-1' },
        { to: '+8613800000001', ref: '16-1-2' },
      ],
      text: '您的报告已出',
      callback: receiptUrl,
    });
  });

  it('gets a template of its own, with the values in order', async () => {
    const vendorTemplate = { id: 'T1', params: { name: '李雷', time: '9:00' } };
    expect(inShort((await vendor.send(sms(1, { content: { vendorTemplate } }))).outcomes)).toEqual(['accepted']);
    expect(JSON.parse(simulator.seen.at(-1)?.body ?? '')).toMatchObject({
      template: { id: 'T1', values: ['李雷', '9:00'] },
    });
  });

  it('tells numbers from one another', async () => {
    const addresses = [
      simulator.address(1),
      simulator.address(2, true),
      '13840410000',
      '+85251234567',
      simulator.address(1),
    ];
    const { outcomes, account: verdict } = await vendor.send(sms(addresses));
    expect(verdict).toBeUndefined();
    expect(inShort(outcomes)).toEqual([
      'accepted',
      'address-gone N-GONE',
      'unreachable N-STOP',
      'unreachable N-WRONG',
      'accepted',
    ]);
    expect(outcomes[1]).toMatchObject({ detail: 'unknown number' });
  });

  it('has limits of single numbers, which are none of the account', async () => {
    const results = ['BUSY', 'SPENT', 'UNAUTHORIZED', 'OTHER'].map((code, index) => ({
      to: `+8613800000${String(index).padStart(3, '0')}`,
      code,
    }));
    const { outcomes, verdict } = await answering({ status: { code: 'OK' }, results }, 200, {}, 6);
    expect(outcomes).toEqual([
      'retry BUSY',
      'unreachable SPENT',
      'retry UNAUTHORIZED',
      'rejected OTHER',
      // Not named: as the whole.
      'accepted',
      'accepted',
    ]);
    expect(verdict).toMatchObject({ problem: 'credentials', code: 'UNAUTHORIZED' });
  });

  it.each([
    ['without a code', 200, {}, 'unknown unreadable-answer'],
    ['that is a list', 200, [], 'unknown unreadable-answer'],
    [
      'with a result without a code',
      200,
      { status: { code: 'OK' }, results: [{ to: '+8613800000000' }] },
      'unknown unreadable-answer',
    ],
    ['of success with a bad status', 500, { status: { code: 'OK' } }, 'unknown http-500'],
    ['of a server in trouble', 500, {}, 'unknown http-500'],
    ['of an unknown code with a bad status', 500, { status: { code: 'X' } }, 'unknown http-500'],
    ['of an unknown code', 200, { status: { code: 'X' } }, 'rejected X'],
    ['of a status', 404, {}, 'rejected http-404'],
  ])('an answer %s is judged with care: %i %j is %s', async (_, status, body, outcome) => {
    expect(await answering(body, status)).toEqual({ outcomes: [outcome], verdict: undefined });
  });

  it('rests for as long as it says', async () => {
    const busy = { status: { code: 'BUSY' } };
    expect((await answering(busy, 429, { 'retry-after': '5' })).verdict).toMatchObject({
      code: 'BUSY',
      afterSeconds: 5,
    });
    expect((await answering({}, 429, { 'retry-after': '5' })).verdict).toMatchObject({
      code: 'http-429',
      afterSeconds: 5,
    });
    simulator.throttledShare = 1;
    expect((await vendor.send(sms(1))).account).toMatchObject({ problem: 'throttled', code: 'BUSY', afterSeconds: 3 });
  });

  it('without a query for it is only connected to', async () => {
    expect(await vendor.verify(account, signal)).toEqual({
      ok: true,
      detail: 'The gateway’s host can be connected to; its credentials are tried by the first message.',
    });
    expect(simulator.pushes).toBe(0);
    await simulator.close();
    expect((await vendor.verify(account, signal)).detail).toMatch(/^The gateway’s host cannot be connected to: ./);
  });

  behavesLikeAVendor({
    sample: () => ({ vendor, simulator, request: sms }),
    codes: tableOf(new JsonGateway().settings),
    reply: (code) => json({ status: { code } }, 400),
    targets: 1,
  });
});

describe('settings that have become wrong', () => {
  it('are told as trouble of the account', async () => {
    const account = {
      id: 1,
      organisationId: 1,
      code: 'http-sms',
      settings: { url: 'https://sms.example.com', batchSize: 1 },
    };
    const { outcomes, account: verdict } = await vendor.send(vendorRequest(account, ['13800000000']));
    expect(inShort(outcomes)).toEqual(['retry settings']);
    expect(verdict).toMatchObject({
      problem: 'credentials',
      detail: expect.stringContaining('settings.fields: must name'),
    });
    expect((await vendor.verify(account, signal)).ok).toBe(false);
  });
});
