import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { failed, LanyingFixture, wrong } from './fixture.js';

describe('how a push is distributed', () => {
  let lanying: LanyingFixture;
  let anna: number;

  beforeAll(async () => {
    lanying = await LanyingFixture.start();
    anna = await lanying.user('anna');
    await lanying.device(anna, 1, 'huawei', 'hw-offline');
    await lanying.device(anna, 2, 'xiaomi', 'online-mi');
    await lanying.device(anna, 3, 'apns', 'ap-offline');
    await lanying.device(anna, 4, 'fcm', 'fc-offline');
    await lanying.device(anna, 5, 'meizu', 'mz-offline');
    // Without a vendor's token.
    await lanying.signedIn('anna', 'tablet');
  });
  afterAll(() => lanying.close());

  const push = (setting: unknown) => ({ audience: { user_id: anna }, setting, message: { title: 't' } });
  const sent = async (setting: object): Promise<string[]> => lanying.deliveries(await lanying.pushed(push(setting)));

  it('L17, L18: combined reaches each device while it is connected, and otherwise through its vendor', async () => {
    const expected = [
      'apns ap-offline sent',
      'fcm fc-offline sent',
      'huawei hw-offline sent',
      'live online-mi delivered',
      'live tablet failed offline',
      'meizu mz-offline sent',
    ];
    for (const setting of [
      {},
      { distribution_strategy: 'combined' },
      { distribution_strategy: ' COMBINED ' },
      { distribution_strategy: '' },
    ])
      expect(await sent(setting)).toEqual(expected);
  });

  it('L17: mxpush_only reaches connected devices and nobody else', async () => {
    expect(await sent({ distribution_strategy: 'mxpush_only' })).toEqual([
      'live ap-offline failed offline',
      'live fc-offline failed offline',
      'live hw-offline failed offline',
      'live mz-offline failed offline',
      'live online-mi delivered',
      'live tablet failed offline',
    ]);
  });

  it('L17: ospush_only asks the vendors, connected or not', async () => {
    expect(await sent({ distribution_strategy: 'ospush_only' })).toEqual([
      'apns ap-offline sent',
      'fcm fc-offline sent',
      'huawei hw-offline sent',
      'meizu mz-offline sent',
      'xiaomi online-mi sent',
    ]);
  });

  it.each<[unknown]>([['vendor'], ['mxpush'], ['combined,ospush_only'], ['__proto__']])(
    'L17: %s is no strategy',
    async (strategy) => {
      const { text } = await lanying.notify(push({ distribution_strategy: strategy }));
      expect(text).toBe(wrong('setting.distribution_strategy: must be combined, mxpush_only, ospush_only'));
    },
  );

  it.each<[unknown, string[]]>([
    [
      ['ups', 'fcm'],
      ['apns', 'fcm', 'huawei', 'meizu', 'xiaomi'],
    ],
    [[], ['apns', 'fcm', 'huawei', 'meizu', 'xiaomi']],
    [null, ['apns', 'fcm', 'huawei', 'meizu', 'xiaomi']],
    [['ups'], ['apns', 'huawei', 'meizu', 'xiaomi']],
    [['fcm'], ['apns', 'fcm']],
    [
      ['FCM', 'Huawei'],
      ['apns', 'fcm', 'huawei'],
    ],
    [['meizu'], ['apns', 'meizu']],
    [['flyme'], ['apns', 'meizu']],
    ['xiaomi', ['apns', 'xiaomi']],
    [['oppo', 'vivo'], ['apns']],
  ])("L19: %j reaches the devices of these vendors, and Apple's always", async (ospush_sequence, vendors) => {
    const lines = await sent({ distribution_strategy: 'ospush_only', ospush_sequence });
    expect(lines.map((line) => line.split(' ')[0])).toEqual(vendors);
  });

  it.each<[unknown]>([['apns'], ['honor'], ['constructor'], ['mi']])('L19: %s is no vendor to order', async (name) => {
    const { text } = await lanying.notify(push({ ospush_sequence: [name] }));
    expect(text).toBe(wrong('setting.ospush_sequence: must hold ups, fcm, huawei, xiaomi, oppo, vivo, meizu, flyme'));
  });

  it('setting is an object, or a string that holds one', async () => {
    expect(await sent({ distribution_strategy: 'ospush_only', ospush_sequence: ['oppo'] })).toHaveLength(1);
    const text = JSON.stringify({ distribution_strategy: 'ospush_only', ospush_sequence: ['oppo'] });
    expect(await lanying.deliveries(await lanying.pushed(push(text)))).toHaveLength(1);
    for (const setting of [[], 1, 'x'])
      expect((await lanying.notify(push(setting))).text).toBe(wrong('setting: must be a JSON object'));
  });

  it('L37: a channel that has no account for it is push that is not switched on', async () => {
    const off = failed(12006, '没有开通推送功能');
    await lanying.application('nowhere', 'nowhere', { channel: 'missing' });
    await lanying.application('texting', 'texting', { channel: 'sms' });
    await lanying.native('POST', '/api/v1/channels', { code: 'sms', kind: 'sms', route: ['live'] });
    await lanying.native('POST', '/api/v1/channels', { code: 'vendors', kind: 'push', route: ['huawei'] });
    const withoutLive = {
      app_id: 'vendors',
      'access-token': await lanying.application('v', 'vendors', { channel: 'vendors' }),
    };
    const credentials = async (code: string): Promise<Record<string, string>> => {
      const made = await lanying.native('POST', `/api/v1/applications/${code}/credentials`, { kind: 'access-token' });
      return { app_id: code, 'access-token': (made as { secret: string }).secret };
    };
    for (const code of ['nowhere', 'texting'])
      expect((await lanying.notify(push({}), await credentials(code))).text).toBe(off);
    expect((await lanying.notify(push({ distribution_strategy: 'mxpush_only' }), withoutLive)).text).toBe(off);
    const id = await lanying.pushed(push({}), withoutLive);
    expect(await lanying.deliveries(id)).toEqual(['huawei hw-offline sent']);
  });

  it('L18: an account for connected devices takes a device whose person is not connected to its vendor', async () => {
    await lanying.native('POST', '/api/v1/vendor-accounts', { code: 'sockets', vendor: 'live' });
    const route = ['sockets', 'huawei'];
    await lanying.native('POST', '/api/v1/channels', { code: 'real', kind: 'push', route });
    const headers = { app_id: 'real', 'access-token': await lanying.application('real', 'real', { channel: 'real' }) };
    const id = await lanying.pushed(push({}), headers);
    expect((await lanying.deliveries(id)).filter((line) => !line.startsWith('sockets '))).toEqual([
      'huawei hw-offline sent',
    ]);
    const { body } = await lanying.post('/push/task/detail', { list: [id] }, headers);
    expect(body.data).toMatchObject([{ huawei_target: 1, huawei_sent: 1, mxpush_target: 5, mxpush_sent: 0 }]);
  });
});
