import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { LiveClient } from '../../support/live-client.js';
import { startLiveApp } from '../../support/live-organisation.js';
import { pause } from '../../support/pause.js';
import { type Headers, LanyingFixture } from './fixture.js';

describe('devices that are connected', () => {
  let lanying: LanyingFixture;
  let headers: Headers;
  let anna: number;
  let client: LiveClient;

  beforeAll(async () => {
    lanying = await LanyingFixture.start(await startLiveApp());
    await lanying.native('POST', '/api/v1/vendor-accounts', { code: 'sockets', vendor: 'live' });
    const route = ['sockets', 'huawei'];
    await lanying.native('POST', '/api/v1/channels', { code: 'real', kind: 'push', route });
    headers = { app_id: 'real', 'access-token': await lanying.application('real', 'real', { channel: 'real' }) };
    anna = await lanying.user('anna');
    const phone = await lanying.signedIn('anna', 'phone');
    await lanying.post('/user/token/bind', { device_sn: 1, device_token: 'hw', notifier_name: 'huawei' }, phone);
    // The device it signed in on is the one it connects as.
    const made = await lanying.native('POST', '/api/v1/recipients/anna/live-tokens', { device: 'phone' });
    client = await LiveClient.connect(lanying.app, (made as { token: string }).token);
  });
  afterAll(async () => {
    client.close();
    await lanying.close();
  });

  const push = (distribution_strategy: string) => ({
    audience: { user_id: anna },
    setting: { distribution_strategy },
    message: { title: '标题', body: '内容', ext: { key1: 123 } },
  });
  /** The counters, once the device's acknowledgement has come in. */
  const received = async (id: number): Promise<unknown> => {
    for (;;) {
      await lanying.app.drain();
      const { body } = await lanying.post('/push/task/detail', { list: [id] }, headers);
      const [detail] = body.data as Record<string, number>[];
      if (detail?.mxpush_received !== 0) return detail;
      await pause(5);
    }
  };

  it('L18, L35: get a combined push over their connection, and no other', async () => {
    const id = await lanying.pushed(push('combined'), headers);
    const [got] = await client.gotPushes(1);
    expect(got).toMatchObject({ title: '标题', text: '内容', ext: { key1: 123 } });
    expect(await received(id)).toMatchObject({
      mxpush_received: 1,
      mxpush_sent: 1,
      mxpush_target: 1,
      huawei_sent: 0,
      huawei_target: 0,
      task_id: id,
    });
  });

  it('L17: get nothing over it from ospush_only, and everything from mxpush_only', async () => {
    const vendors = await lanying.pushed(push('ospush_only'), headers);
    expect(await lanying.deliveries(vendors)).toEqual(['huawei hw sent']);
    const live = await lanying.pushed(push('mxpush_only'), headers);
    expect(await client.gotPushes(2)).toHaveLength(2);
    expect(await received(live)).toMatchObject({ mxpush_target: 1, huawei_target: 0 });
  });

  it('L18: get the next push from their vendor once they have gone', async () => {
    client.close();
    await client.end();
    let lines: string[] = [];
    while (lines.join() !== 'huawei hw sent') {
      lines = await lanying.deliveries(await lanying.pushed(push('combined'), headers));
      await pause(5);
    }
    expect(client.pushes).toHaveLength(2);
  });
});
