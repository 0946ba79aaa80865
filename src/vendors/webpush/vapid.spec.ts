import { describe, expect, it } from '@jest/globals';
import { FakeClock } from '../../../test/support/fake-clock.js';
import { inShort, vendorAccount, vendorRequest } from '../../../test/support/vendors/vendor-request.js';
import { vapidProblem } from '../../../test/support/vendors/webpush/vapid-problem.js';
import { VAPID, WebPushSimulator } from '../../../test/support/vendors/webpush/webpush-simulator.js';
import { InvalidRequest } from '../../common/problem.js';
import { WEBPUSH } from './definition.js';
import { VapidTokens } from './vapid-tokens.js';
import { WebPushVendor } from './webpush.js';

const GOOGLE = 'https://fcm.googleapis.com';
const HOUR = 3_600_000;
const OTHER_KEY = 'BAyJm6PdiOSStnpICZ4YWAy79hxE1PfC1DRfKj55QJzVkhUPoDAtBI9hdKWZ9yeEZczgCnUzWC8bS3P0AtS7igI';

describe('a VAPID token', () => {
  it('is for one push service, and used for six of its twelve hours', async () => {
    const clock = new FakeClock();
    const tokens = new VapidTokens(clock);
    const first = tokens.authorization(VAPID, GOOGLE);
    expect(vapidProblem(first, GOOGLE, clock.now())).toBeUndefined();
    expect(tokens.authorization(VAPID, 'https://web.push.apple.com')).not.toBe(first);
    await clock.advance(6 * HOUR - 1);
    expect(tokens.authorization(VAPID, GOOGLE)).toBe(first);
    expect(vapidProblem(first, GOOGLE, clock.now())).toBeUndefined();
    await clock.advance(1);
    const second = tokens.authorization(VAPID, GOOGLE);
    expect(second).not.toBe(first);
    expect(vapidProblem(second, GOOGLE, clock.now())).toBeUndefined();
  });

  it('is forgotten when clients name more push services than there are', () => {
    const tokens = new VapidTokens(new FakeClock());
    const first = tokens.authorization(VAPID, GOOGLE);
    for (let number = 0; number < 999; number++) tokens.authorization(VAPID, `https://${number}.example.com`);
    // The signature has a random part: an equal token is the same one.
    expect(tokens.authorization(VAPID, GOOGLE)).toBe(first);
    tokens.authorization(VAPID, 'https://one-too-many.example.com');
    expect(tokens.authorization(VAPID, GOOGLE)).not.toBe(first);
  });

  it('is signed once for many pushes to a service', async () => {
    const clock = new FakeClock();
    const simulator = await new WebPushSimulator(() => clock.now()).start();
    const vendor = new WebPushVendor(clock);
    const account = vendorAccount(WEBPUSH, simulator.settings);
    const addresses = Array.from({ length: 10 }, (_, number) => simulator.address(number));
    const { outcomes } = await vendor.send(vendorRequest(account, addresses));
    await clock.advance(6 * HOUR);
    await vendor.send(vendorRequest(account, addresses));
    expect(new Set(inShort(outcomes))).toEqual(new Set(['accepted']));
    expect(simulator.pushes).toBe(20);
    expect(new Set(simulator.seen.map(({ headers }) => headers.authorization)).size).toBe(2);
    await vendor.close();
    await simulator.close();
  });
});

describe('the settings of an account', () => {
  const problems = (change: Record<string, unknown>): unknown => {
    try {
      return vendorAccount(WEBPUSH, { ...VAPID, ...change }).settings;
    } catch (error) {
      return (error as InvalidRequest).errors.map(({ path, message }) => `${path} ${message}`);
    }
  };

  it('are taken when the keys belong together', () => {
    expect(problems({})).toMatchObject(VAPID);
  });

  it.each([
    [{ publicKey: OTHER_KEY }, 'settings.publicKey must be the public half of settings.privateKey'],
    [{ publicKey: VAPID.privateKey }, expect.stringContaining('settings.publicKey must be the 65 bytes')],
    [{ publicKey: `B${'A'.repeat(86)}` }, expect.stringContaining('settings.publicKey must be the 65 bytes')],
    [{ privateKey: 'A'.repeat(43) }, expect.stringContaining('settings.privateKey must be the 32 bytes')],
    [{ privateKey: `${VAPID.privateKey}=` }, expect.stringContaining('settings.privateKey must be the 32 bytes')],
    [{ subject: 'push@example.com' }, expect.stringContaining('settings.subject must be a mailto: or https: address')],
    [{ subject: 'http://example.com' }, expect.stringContaining('settings.subject must be a mailto: or https:')],
    [{ subject: 'https://localhost/x' }, expect.stringContaining('settings.subject must not be at localhost')],
    [{ subject: 'mailto:a@localhost' }, expect.stringContaining('settings.subject must not be at localhost')],
    [{ icon: 'icon.png' }, 'settings.icon must be an http or https address'],
  ])('are refused when they cannot work (%j)', (change, problem) => {
    expect(problems(change)).toEqual([problem]);
  });
});
