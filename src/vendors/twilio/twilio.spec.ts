import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import twilio from 'twilio';
import { json } from '../../../test/support/vendors/http-simulator.js';
import { TwilioSimulator } from '../../../test/support/vendors/twilio/twilio-simulator.js';
import { behavesLikeAVendor } from '../../../test/support/vendors/vendor-behaviour.js';
import { inShort, vendorAccount, vendorRequest } from '../../../test/support/vendors/vendor-request.js';
import { FakeClock } from '../../../test/support/fake-clock.js';
import { SystemClock } from '../../common/clock.js';
import { checkSettings } from '../account-settings.js';
import type { VendorAccountConfig, VendorRequest } from '../vendor.js';
import { CODES } from './codes.js';
import { TWILIO } from './definition.js';
import { textOf, toE164 } from './request-form.js';
import { TwilioVendor } from './twilio.js';

let simulator: TwilioSimulator;
let vendor: TwilioVendor;
let account: VendorAccountConfig;

beforeEach(async () => {
  simulator = await new TwilioSimulator().start();
  vendor = new TwilioVendor(new SystemClock());
  account = vendorAccount(TWILIO, simulator.settings);
});

afterEach(async () => {
  await vendor.close();
  await simulator.close();
});

const formOf = (body: string): Record<string, string> => Object.fromEntries(new URLSearchParams(body));
const sent = (): Record<string, string> => formOf(simulator.seen.at(-1)?.body ?? '');
const addresses = (count: number): string[] => Array.from({ length: count }, (_, index) => simulator.address(index));
/** An SMS to so many numbers, or to these. */
const sms = (to: number | string[], change: Partial<VendorRequest> = {}): VendorRequest =>
  vendorRequest(change.account ?? account, typeof to === 'number' ? addresses(to) : to, {
    content: { text: 'Your result is ready.' },
    ...change,
  });
const { signal } = new AbortController();

describe('an SMS through Twilio', () => {
  it('goes out in a call of its own for each number, several at once', async () => {
    const { outcomes, account: verdict } = await vendor.send(sms(100));
    expect(verdict).toBeUndefined();
    expect(new Set(inShort(outcomes))).toEqual(new Set(['accepted']));
    expect(new Set(outcomes.map((outcome) => 'vendorReference' in outcome && outcome.vendorReference)).size).toBe(100);
    expect([simulator.requests, simulator.pushes]).toEqual([100, 100]);
  });

  it('says everything that Twilio can express', async () => {
    const clock = new FakeClock();
    vendor = new TwilioVendor(clock);
    const { outcomes } = await vendor.send(
      sms(1, {
        content: { text: 'Your result is ready.', sign: 'Clinic' },
        receiptUrl: 'http://127.0.0.1:9/api/v1/receipts/7/secret',
        expiresAt: new Date(clock.now().getTime() + 900_000),
      }),
    );
    expect(outcomes).toEqual([{ status: 'accepted', vendorReference: `SM${'1'.padStart(32, '0')}` }]);
    expect(sent()).toEqual({
      To: '+15550000000',
      From: '+15550001111',
      Body: '[Clinic] Your result is ready.',
      StatusCallback: 'http://127.0.0.1:9/api/v1/receipts/7/secret?reference=16-1-1',
      ValidityPeriod: '900',
    });
  });

  it('goes out from a Messaging Service, by one of its templates, under an API key, and asks for no receipt without the token', async () => {
    const { authToken: _, from: __, ...rest } = simulator.settings;
    const { apiKey, messagingServiceSid } = simulator;
    const keyed = vendorAccount(TWILIO, { ...rest, ...apiKey, messagingServiceSid });
    const id = `HX${'a'.repeat(32)}`;
    const content = { vendorTemplate: { id, params: { '1': 'Wei', '2': '9:00' } }, sign: 'Clinic' };
    const { outcomes } = await vendor.send(
      sms(1, { account: keyed, content, receiptUrl: 'https://push.example.com/r' }),
    );
    expect(inShort(outcomes)).toEqual(['accepted']);
    expect(sent()).toEqual({
      To: '+15550000000',
      MessagingServiceSid: messagingServiceSid,
      ContentSid: id,
      ContentVariables: '{"1":"Wei","2":"9:00"}',
    });
  });

  it('has the text of each person, and the text where the template is another vendor’s', async () => {
    const template = { id: 'SMS_1', params: { code: '1' } };
    const targets = [
      { reference: '16-1-1', address: simulator.address(1), content: { text: 'Hello Wei' } },
      { reference: '16-1-2', address: simulator.address(2), content: { text: 'Hello Li', vendorTemplate: template } },
      { reference: '16-1-3', address: simulator.address(3), content: { vendorTemplate: template } },
    ];
    const { outcomes } = await vendor.send({ ...sms(1), targets });
    expect(inShort(outcomes)).toEqual(['accepted', 'accepted', 'rejected no-words']);
    const bodies = simulator.seen.map(({ body }) => [formOf(body)['To'], formOf(body)['Body']]);
    expect(bodies.sort()).toEqual([
      [simulator.address(1), 'Hello Wei'],
      [simulator.address(2), 'Hello Li'],
    ]);
  });

  it('is refused before it is sent when it is too long, with both sizes', async () => {
    const content = { text: 'x'.repeat(1600) };
    expect(inShort((await vendor.send(sms(1, { content }))).outcomes)).toEqual(['accepted']);
    const { outcomes } = await vendor.send(sms(1, { content: { ...content, sign: 'Clinic' } }));
    expect(inShort(outcomes)).toEqual(['rejected text-too-long: 1609 of 1600 characters']);
    expect(simulator.requests).toBe(1);
  });

  it('tells a number that is none from the others', async () => {
    const { outcomes } = await vendor.send(
      sms([simulator.address(1), simulator.address(2, true), '+123456789012345678']),
    );
    expect(inShort(outcomes)).toEqual(['accepted', 'address-gone 21211', 'rejected not-a-number']);
  });

  it('does not go to a number whose country nobody knows, unless the account tells it', async () => {
    expect(inShort((await vendor.send(sms(['13800138000']))).outcomes)).toEqual(['rejected not-a-number']);
    const chinese = vendorAccount(TWILIO, { ...simulator.settings, countryCode: '86' });
    expect(inShort((await vendor.send(sms(['13800138000'], { account: chinese }))).outcomes)).toEqual(['accepted']);
    expect(sent()['To']).toBe('+8613800138000');
  });

  it('leaves the others untouched when calls come too fast, for as long as Twilio says', async () => {
    simulator.throttledShare = 1;
    const narrow = vendorAccount(TWILIO, { ...simulator.settings, connections: 1 });
    const { outcomes, account: verdict } = await vendor.send(sms(3, { account: narrow }));
    expect(inShort(outcomes)).toEqual(Array(3).fill('retry 20429'));
    expect(verdict).toMatchObject({ problem: 'throttled', code: '20429', detail: 'Too Many Requests' });
    expect(simulator.requests).toBe(1);
    simulator.throttledShare = 0;
    simulator.fail({ kind: 'reply', reply: { ...json({ code: 20429 }, 429), headers: { 'retry-after': '7' } } });
    expect((await vendor.send(sms(1))).account).toMatchObject({ problem: 'throttled', afterSeconds: 7 });
  });
});

describe('an answer that explains nothing', () => {
  it.each([
    [201, 'unknown unreadable-answer', undefined],
    [400, 'rejected http-400', undefined],
    [401, 'retry http-401', 'credentials'],
    [408, 'unknown http-408', undefined],
    [429, 'retry http-429', 'throttled'],
    [500, 'unknown http-500', undefined],
    [502, 'unknown http-502', undefined],
    [503, 'unknown http-503', undefined],
  ])('of status %i is %s, since a second SMS would cost money', async (status, outcome, problem) => {
    simulator.fail({ kind: 'reply', reply: { status, body: '<html>' } });
    const { outcomes, account: verdict } = await vendor.send(sms(1));
    expect(inShort(outcomes)).toEqual([outcome]);
    expect(verdict?.problem).toBe(problem);
  });
});

behavesLikeAVendor({
  sample: () => ({ vendor, simulator, request: sms }),
  codes: CODES,
  reply: (code) => json({ code: Number(code), message: 'why', more_info: '', status: 400 }, 400),
  targets: 1,
});

describe('a text with a sign', () => {
  it.each([
    [{ text: 'Ready.' }, 'Ready.'],
    [{ text: 'Ready.', sign: 'Clinic' }, '[Clinic] Ready.'],
    [{ text: '请查收', sign: 'Clinic' }, '【Clinic】请查收'],
    [{ text: 'Ready.', sign: '诊所' }, '【诊所】Ready.'],
  ])('%j reads %s', (content, text) => expect(textOf(content)).toBe(text));
});

describe('a number', () => {
  it.each([
    ['+8613800138000', undefined, '+8613800138000'],
    ['008613800138000', undefined, '+8613800138000'],
    ['13800138000', '86', '+8613800138000'],
    ['15550001111', '1', '+15550001111'],
    ['13800138000', undefined, undefined],
    ['+0123456', '86', undefined],
    ['1234567890123456', '86', undefined],
  ])('%s in country %s is %s', (address, country, number) => expect(toE164(address, country)).toBe(number));
});

describe('the account', () => {
  const verified = (change: Record<string, unknown>) =>
    vendor.verify(vendorAccount(TWILIO, { ...simulator.settings, ...change }), signal);

  it('is verified without a message, under all its credentials', async () => {
    expect(await verified({})).toEqual({
      ok: true,
      detail: 'Twilio accepts the auth token; the sender is tried by the first message.',
    });
    expect(await verified(simulator.apiKey)).toEqual({
      ok: true,
      detail: 'Twilio accepts the API key and the auth token; the sender is tried by the first message.',
    });
    expect(await verified({ ...simulator.apiKey, authToken: 'wrong' })).toEqual({
      ok: false,
      detail: 'Twilio refuses the auth token: Authenticate',
    });
    expect(await verified({ ...simulator.apiKey, apiKeySecret: 'wrong' })).toEqual({
      ok: false,
      detail: 'Twilio refuses the API key: Authenticate',
    });
    expect(simulator.pushes).toBe(0);
    await simulator.close();
    expect((await verified({})).detail).toMatch(/^Twilio cannot be reached: ./);
  });

  it.each([
    [{ authToken: undefined }, 'settings.authToken'],
    [{ apiKeySid: `SK${'6'.repeat(32)}` }, 'settings.apiKeySecret'],
    [{ apiKeySecret: 'secret' }, 'settings.apiKeySid'],
    [{ from: undefined }, 'settings.from'],
    [{ messagingServiceSid: `MG${'7'.repeat(32)}` }, 'settings.from'],
    [{ accountSid: 'AC1' }, 'settings.accountSid'],
    [{ countryCode: '+86' }, 'settings.countryCode'],
  ])('cannot be saved with %j', (change, path) => {
    expect(() => checkSettings(TWILIO, { ...simulator.settings, ...change })).toThrow(path);
  });
});

describe('beside the library of Twilio', () => {
  it('the same message is the same form, and the simulator takes both', async () => {
    class Redirected extends twilio.RequestClient {
      override request: twilio.RequestClient['request'] = (options) => {
        const uri = options.uri.replace('https://api.twilio.com', simulator.url);
        return super.request({ ...options, uri });
      };
    }
    const { accountSid, authToken, from } = simulator.settings as Record<string, string>;
    const client = twilio(accountSid, authToken, { httpClient: new Redirected() });
    const expiresAt = new Date(Date.now() + 600_000);
    await vendor.send(
      sms(1, { content: { text: '您好 & +1', sign: '诊所' }, receiptUrl: `${simulator.url}/r`, expiresAt }),
    );
    const ours = sent();
    const { sid } = await client.messages.create({
      to: simulator.address(0),
      from,
      body: '【诊所】您好 & +1',
      statusCallback: `${simulator.url}/r?reference=16-1-1`,
      validityPeriod: 600,
    });
    expect(sid).toMatch(/^SM/);
    const [mine, theirs] = simulator.seen.filter(({ path }) => path.endsWith('/Messages.json'));
    expect(formOf(theirs?.body ?? '')).toEqual(ours);
    expect(theirs?.path).toBe(mine?.path);
    expect(theirs?.headers.authorization).toBe(mine?.headers.authorization);
    await expect(client.messages.create({ to: simulator.address(1, true), from, body: 'Hello' })).rejects.toMatchObject(
      { code: 21211, status: 400 },
    );
  });
});
