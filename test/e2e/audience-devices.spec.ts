import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { DevicePeople, EVERYTHING, PUSH, SMS } from '../support/device-people.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;
let people: DevicePeople;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());
beforeEach(async () => {
  people = await DevicePeople.make(app);
});

describe('devices', () => {
  it('of some platforms only: other people, phones and inboxes are as before', async () => {
    expect(await people.reached({ all: true, devices: { platforms: ['IOS'] } })).toEqual([
      'push u1-phone',
      'push u2-phone',
    ]);
    const audience = { users: ['U1', 'U3'], devices: { platforms: ['android', 'web'] } };
    expect(await people.reached(audience, EVERYTHING)).toEqual([
      'inbox U1',
      'inbox U3',
      'push u1-old',
      'push u3-pad',
      'sms 13800000001',
      'sms 13800000003',
    ]);
  });

  it('the latest only, over all accounts of the route', async () => {
    expect(await people.reached({ all: true, devices: { latestOnly: true } }, EVERYTHING)).toEqual([
      'inbox U1',
      'inbox U2',
      'inbox U3',
      'push u1-phone',
      'push u2-new',
      'push u3-pad',
      'sms 13800000001',
      'sms 13800000002',
      'sms 13800000003',
    ]);
    // Registered once more, an old device is the latest.
    await people.register({ recipient: 'U1', vendor: 'fcm', address: 'u1-old' });
    expect(await people.reached({ users: ['U1'], devices: { latestOnly: true } })).toEqual(['push u1-old']);
  });

  it('the latest of those that a platform, quarantine and the route leave, and by id when the times are the same', async () => {
    const latest = (platforms?: string[]): Promise<string[]> =>
      people.reached({ users: ['U2'], devices: { latestOnly: true, platforms } });
    expect(await latest(['ios'])).toEqual(['push u2-phone']);
    expect(await latest(['web'])).toEqual([]);
    await people.ok('POST', `endpoints/${people.id('u2-new')}/quarantine`, { reason: 'gone' });
    expect(await latest()).toEqual(['push u2-phone']);
    await people.ok('PATCH', 'vendor-accounts/apple', { enabled: false });
    await people.ok('PATCH', 'channels/push', { route: ['apple'] });
    expect(await latest()).toEqual([]);
    await people.ok('PATCH', 'vendor-accounts/apple', { enabled: true });
    for (const address of ['same-1', 'same-2'])
      await people.ok('POST', 'endpoints', { recipient: 'U2', kind: 'push', vendor: 'apns', address });
    await people.register({ recipient: 'U2', vendor: 'fcm', address: 'later-without-account' });
    expect(await latest()).toEqual(['push same-2']);
  });

  it('choose for each channel, and a person with several phones still gets one text', async () => {
    await people.ok('POST', 'channels', { code: 'ios', name: 'iOS', kind: 'push', route: ['apple'] });
    await people.ok('POST', 'endpoints', { recipient: 'U2', kind: 'sms', address: '13822222222' });
    const content = { ...PUSH, ...SMS, ios: PUSH.push };
    expect(await people.reached({ users: ['U2'], devices: { latestOnly: true } }, content)).toEqual([
      'ios u2-phone',
      'push u2-new',
      'sms 13800000002',
    ]);
  });

  it('are those of live channels as well', async () => {
    await people.ok('POST', 'channels', { code: 'live', name: 'Live', kind: 'im', route: ['sandbox'] });
    for (const platform of ['web', 'pc'])
      await people.register({ kind: 'im', recipient: 'U1', vendor: '', platform, address: `live-${platform}` });
    const content = { live: { text: 'hello' } };
    const reached = (devices: unknown): Promise<string[]> => people.reached({ users: ['U1'], devices }, content);
    expect(await reached({ platforms: ['web', 'ios'] })).toEqual(['live live-web']);
    expect(await reached({ latestOnly: true })).toEqual(['live live-pc']);
    expect(await reached({})).toEqual(['live live-pc', 'live live-web']);
  });

  it('do not filter endpoints that are named one by one', async () => {
    const audience = {
      users: ['U1', 'U2'],
      aliases: ['tablet', 'ward-7'],
      endpoints: [people.id('u2-phone')],
      devices: { latestOnly: true, platforms: ['ios'] },
    };
    expect(await people.reached(audience)).toEqual([
      'push kiosk',
      'push u1-old',
      'push u1-phone',
      'push u2-new',
      'push u2-phone',
      'push u3-pad',
    ]);
  });

  it('are told in the preview where nobody of a person is left', async () => {
    const { dropped, recipients } = await people.ok('POST', 'messages/preview', {
      audience: { all: true, devices: { platforms: ['ios'] } },
      content: PUSH,
    });
    expect([recipients, dropped]).toEqual([3, [{ channel: 'push', reason: 'platform-filtered', count: 1 }]]);
  });

  it('are chosen by platform and time together for everyone but a few', async () => {
    const audience = { all: true, exclude: { users: ['U3'] }, devices: { latestOnly: true, platforms: ['android'] } };
    expect(await people.reached(audience)).toEqual(['push u1-old', 'push u2-new']);
  });

  it('are told of when they were left out, with the reason', async () => {
    const request = { audience: { all: true, devices: { platforms: ['Android'] } }, content: PUSH };
    const byPlatform = await people.org.send(request);
    const before = await people.verdicts(byPlatform, 'U1');
    expect(before).toEqual([
      ['u1-old', 'pending', ''],
      ['u1-phone', 'not-targeted', 'platform-filtered'],
    ]);
    await app.drain();
    expect(await people.verdicts(byPlatform, 'U1')).toEqual([
      ['u1-old', 'sent', ''],
      ['u1-phone', 'not-targeted', 'platform-filtered'],
    ]);
    const web = await people.org.send({ audience: { users: ['U3'], devices: { platforms: ['web'] } }, content: PUSH });
    await app.drain();
    expect(await people.verdicts(web, 'U3')).toEqual([['u3-pad', 'not-targeted', 'platform-filtered']]);
    const latest = await people.org.send({
      audience: { all: true, devices: { latestOnly: true }, exclude: { users: ['U3'] } },
      content: PUSH,
    });
    await app.drain();
    expect(await people.verdicts(latest, 'U1')).toEqual([
      ['u1-phone', 'sent', ''],
      ['u1-old', 'not-targeted', 'not-latest-device'],
    ]);
    expect(await people.explain(latest, 'U3')).toMatchObject({
      channels: [{ endpoint: null, status: 'not-targeted' }],
    });
  });
});
