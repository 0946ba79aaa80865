import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { failed, LanyingFixture, ok, VENDORS, wrong } from './fixture.js';

/** The channel of each vendor's counters. */
const CHANNEL: Readonly<Record<string, string>> = { meizu: 'flyme' };

describe('what became of tasks', () => {
  let lanying: LanyingFixture;
  let anna: number;

  beforeAll(async () => {
    lanying = await LanyingFixture.start();
    anna = await lanying.user('anna');
    let sn = 0;
    for (const vendor of VENDORS) await lanying.device(anna, ++sn, vendor, `${vendor}-offline`);
    await lanying.device(anna, ++sn, 'huawei', 'online-hw');
  });
  afterAll(() => lanying.close());

  const push = (setting: object = {}) => ({ audience: { user_id: anna }, setting, message: { title: 't' } });
  const details = async (body: unknown): Promise<string> =>
    (await lanying.post('/push/task/detail', JSON.stringify(body))).text;
  const zeros = (taskId: number): object =>
    Object.fromEntries([
      ...['apns', 'fcm', 'flyme', 'huawei', 'mxpush', 'oppo', 'vivo', 'xiaomi'].flatMap((channel) =>
        ['received', 'sent', 'target'].map((measure): [string, number] => [`${channel}_${measure}`, 0]),
      ),
      ['task_id', taskId],
    ]);

  it('L31, L32: a task id is a number, and later ones are larger', async () => {
    const ids: number[] = [];
    for (let call = 0; call < 3; call++) {
      const { body } = await lanying.notify(push());
      expect(body.data).toEqual({ task_id: expect.any(Number) });
      ids.push((body.data as { task_id: number }).task_id);
    }
    expect(ids.every(Number.isSafeInteger)).toBe(true);
    expect([...ids].sort((one, other) => one - other)).toEqual(ids);
  });

  it('L34, L35: each of the 24 counters counts its own channel', async () => {
    const all = await lanying.pushed(push());
    const expected = VENDORS.flatMap((vendor) => {
      const channel = CHANNEL[vendor] ?? vendor;
      return [
        [`${channel}_sent`, 1],
        [`${channel}_target`, 1],
      ];
    });
    // The connected device counts under the live channel only.
    const live = { mxpush_received: 1, mxpush_sent: 1, mxpush_target: 1 };
    expect(await lanying.counted(all)).toEqual({ ...Object.fromEntries(expected), ...live });
  });

  it.each([...VENDORS])('L35: what %s says it delivered is received', async (vendor) => {
    await lanying.native('PATCH', `/api/v1/vendor-accounts/${vendor}`, { settings: { receipts: { delivered: 1 } } });
    const channel = CHANNEL[vendor] ?? vendor;
    const id = await lanying.pushed(push({ distribution_strategy: 'ospush_only' }));
    await lanying.app.drain();
    const count = vendor === 'huawei' ? 2 : 1;
    expect(await lanying.counted(id)).toMatchObject({
      [`${channel}_received`]: count,
      [`${channel}_sent`]: count,
      [`${channel}_target`]: count,
    });
    expect(await lanying.counted(id)).not.toHaveProperty('mxpush_target');
    await lanying.native('PATCH', `/api/v1/vendor-accounts/${vendor}`, { settings: { receipts: null } });
  });

  it('L35: mxpush_only counts every device of the person, and as sent those that are connected', async () => {
    const id = await lanying.pushed(push({ distribution_strategy: 'mxpush_only' }));
    expect(await lanying.counted(id)).toEqual({ mxpush_received: 1, mxpush_sent: 1, mxpush_target: 8 });
  });

  it('L35: what a vendor refuses was a target and is not sent', async () => {
    await lanying.native('PATCH', '/api/v1/vendor-accounts/oppo', { settings: { failureRate: 1 } });
    const counters = await lanying.counted(await lanying.pushed(push({ ospush_sequence: ['oppo'] })));
    expect(counters).toMatchObject({ oppo_target: 1 });
    expect(counters).not.toHaveProperty('oppo_sent');
    await lanying.native('PATCH', '/api/v1/vendor-accounts/oppo', { settings: { failureRate: 0 } });
  });

  it('L33, L34: tasks come in the order asked for, each once, unknown ones left out', async () => {
    const nobody = { audience: { alias: ['nobody'] }, message: { title: 't' } };
    const [one, two] = [await lanying.pushed(nobody), await lanying.pushed(nobody)];
    expect(await details({ list: [two, 987654321, one, two, String(one)] })).toBe(ok([zeros(two), zeros(one)]));
    expect(await details({ list: one })).toBe(ok([zeros(one)]));
    expect(await details({ list: [] })).toBe(ok([]));
    expect(await details({ list: [987654321] })).toBe(ok([]));
    expect(await details({ list: ['9223372036854775807'] })).toBe(ok([]));
  });

  it('L33: an application sees its own tasks only, and so does an organisation', async () => {
    const id = await lanying.pushed(push());
    const second = { app_id: 'second', 'access-token': await lanying.application('second', 'second') };
    expect((await lanying.post('/push/task/detail', { list: [id] }, second)).text).toBe(ok([]));
    const other = await lanying.app.organisation('other');
    const token = await lanying.application('im', 'other-app', {}, other.code);
    const headers = { app_id: 'other-app', 'access-token': token };
    expect((await lanying.post('/push/task/detail', { list: [id] }, headers)).text).toBe(ok([]));
  });

  it('L33: 500 tasks may be asked for, not one more', async () => {
    const ids = Array.from({ length: 501 }, (_, number) => 900_000_000 + number);
    expect(await details({ list: ids })).toBe(failed(12005, '推送目标列表的长度不能超过500'));
    expect(await details({ list: ids.slice(1) })).toBe(ok([]));
    expect(await details({ list: Array.from({ length: 600 }, () => 900_000_000) })).toBe(ok([]));
  });

  it.each<[unknown, string]>([
    [{}, 'list: is required'],
    [{ list: null }, 'list: is required'],
    [{ list: ['x'] }, 'list[0]: must be a task id, a whole number above 0'],
    [{ list: [1, 0] }, 'list[1]: must be a task id, a whole number above 0'],
    [{ list: [1, -5] }, 'list[1]: must be a task id, a whole number above 0'],
    [{ list: [1.5] }, 'list[0]: must be a task id, a whole number above 0'],
    [{ list: [{}] }, 'list[0]: must be a string'],
    [{ list: [null] }, 'list[0]: must be a string'],
    [{ list: [''] }, 'list[0]: must not be empty'],
    [{ list: [2 ** 60] }, 'list[0]: has too many digits for a JSON number; send it as a string'],
    [{ list: { 0: 1 } }, 'list: must be a string'],
    [[], 'body: must be a JSON object'],
  ])('L33: %j is refused', async (body, detail) => {
    expect(await details(body)).toBe(wrong(detail));
  });
});
