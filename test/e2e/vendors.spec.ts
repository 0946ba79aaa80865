import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { receiving, startListeningApp } from '../support/listening-app.js';
import { type SmallOrganisation, smallOrganisation } from '../support/small-organisation.js';
import type { Reply, TestApp } from '../support/test-app.js';
import type { HttpSimulator } from '../support/vendors/http-simulator.js';
import { HuaweiSimulator } from '../support/vendors/huawei/huawei-simulator.js';
import { TencentSmsSimulator } from '../support/vendors/tencent-sms/tencent-sms-simulator.js';
import { XiaomiSimulator } from '../support/vendors/xiaomi/xiaomi-simulator.js';

let app: TestApp;
let org: SmallOrganisation;
const simulators: HttpSimulator[] = [];

beforeAll(async () => {
  app = await startListeningApp();
  // The simulators live by the machine's own time, and refuse what is signed for another.
  await app.clock.set(new Date());
});
afterAll(async () => {
  await app.close();
  for (const simulator of simulators) await simulator.close();
});
beforeEach(async () => {
  org = await smallOrganisation(app);
});

async function started<Simulator extends HttpSimulator>(simulator: Simulator): Promise<Simulator> {
  simulators.push(await simulator.start());
  return simulator;
}

async function ok(method: string, path: string, body?: unknown): Promise<Record<string, unknown>> {
  const reply = await org.call(method, `/api/v1/${path}`, body);
  if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${reply.text}`);
  return reply.body as Record<string, unknown>;
}

/** An account with a simulator, and a channel of its own. Returns where its receipts go. */
async function accountWith(simulator: HttpSimulator, kind: 'push' | 'sms', settings = {}): Promise<string> {
  // The clock stands still, so nothing may wait for its turn.
  const own = { ...simulator.settings, ...settings };
  const body = { code: simulator.vendor, vendor: simulator.vendor, settings: own, pace: null };
  const { receiptUrl } = await ok('POST', 'vendor-accounts', body);
  await ok('POST', 'channels', { code: kind === 'sms' ? 'texts' : 'push', kind, route: [simulator.vendor] });
  return String(receiptUrl);
}

const device = (recipient: string, vendor: string, address: string, more = {}): Promise<unknown> =>
  ok('POST', 'endpoints', { recipient, kind: 'push', vendor, address, ...more });

async function send(request: Record<string, unknown>): Promise<string> {
  const id = await org.send(request);
  await app.drain();
  return id;
}

const states = async (id: string): Promise<string[]> =>
  (await org.deliveries(id))
    .map(({ recipient, state, reason }) => `${recipient} ${state} ${reason ?? ''}`.trim())
    .sort();

/** A vendor may be faster than our recording; its receipts are then looked at again, some time later. */
async function eventually(id: string, expected: string[]): Promise<void> {
  for (let look = 0; look < 50 && (await states(id)).join() !== expected.join(); look++) {
    await app.clock.advance(1_000);
    await app.drain();
  }
  expect(await states(id)).toEqual(expected);
}

const alerts = async (): Promise<unknown[]> => (await ok('GET', 'alerts')).items as unknown[];

const PUSH = { push: { title: 'Lab result', text: 'It is ready.' } };

describe('a push through a vendor', () => {
  it('reaches devices, loses the dead one, and is delivered when the vendor says so', async () => {
    const xiaomi = await started(new XiaomiSimulator());
    await accountWith(xiaomi, 'push');
    await device('U1', 'xiaomi', xiaomi.address(1));
    await device('U2', 'xiaomi', xiaomi.address(2));
    await device('U3', 'xiaomi', xiaomi.address(3, true));
    const id = await send({ audience: { all: true }, content: PUSH });
    await receiving(app, xiaomi.receiptsPosted());
    expect(xiaomi.receiptAnswers).toEqual([{ status: 200, body: '' }]);
    await eventually(id, ['U1 delivered', 'U2 delivered', 'U3 failed bad-regid']);
    expect((await org.message(id)).statistics).toMatchObject({ target: 3, sent: 2, delivered: 2, failed: 1 });
    const { items } = await ok('GET', 'endpoints?recipient=U3&kind=push');
    expect(items).toMatchObject([{ status: 'quarantined', quarantineReason: 'bad-regid' }]);
  });

  it('takes receipts under the vendor’s signature only', async () => {
    const huawei = await started(new HuaweiSimulator());
    const receiptUrl = await accountWith(huawei, 'push');
    huawei.receiptUrl = receiptUrl;
    await device('U1', 'huawei', huawei.address(1));
    const id = await send({ audience: { users: ['U1'] }, content: PUSH });
    await receiving(app, huawei.receiptsPosted());
    await eventually(id, ['U1 delivered']);
    expect(huawei.receiptAnswers.map(({ status }) => status)).toEqual([200]);
    const forged = await fetch(receiptUrl, { method: 'POST', body: '{"statuses":[]}' });
    expect(forged.status).toBe(401);
    const elsewhere = await fetch(receiptUrl.slice(0, -1), { method: 'POST', body: '{}' });
    expect(elsewhere.status).toBe(404);
  });

  it('is known again by the vendor’s own reference where its receipts bring nothing else', async () => {
    const tencent = await started(new TencentSmsSimulator());
    tencent.receiptUrl = await accountWith(tencent, 'sms');
    const numbers = [tencent.address(1), tencent.address(2)];
    const id = await send({
      audience: { addresses: { texts: numbers } },
      content: { texts: { text: '1234' } },
    });
    await receiving(app, tencent.receiptsPosted());
    expect(tencent.receiptAnswers).toEqual([{ status: 200, body: '{"result":0,"errmsg":"OK"}' }]);
    await eventually(id, ['null delivered', 'null delivered']);
  });
});

describe('the options of a push', () => {
  it('are those of the message over those of its template over those of the channel', async () => {
    const xiaomi = await started(new XiaomiSimulator());
    await accountWith(xiaomi, 'push');
    await device('U1', 'xiaomi', xiaomi.address(1));
    const vendors = (options: object) => ({ push: { vendors: { xiaomi: options } } });
    await ok('PATCH', 'channels/push', { options: vendors({ channelId: 'channel', notifyType: 1, sound: 'channel' }) });
    const contents = { push: { en: { title: 'T', text: 'hello' } } };
    const options = vendors({ notifyType: 2, sound: 'template' });
    await ok('POST', 'templates', { code: 'T1', name: 'T1', contents, options });
    await ok('POST', 'templates/T1/versions/1/publish');
    await send({
      audience: { users: ['U1'] },
      template: { code: 'T1', params: {}, channels: ['push'] },
      options: vendors({ sound: 'message' }),
    });
    const form = new URLSearchParams(xiaomi.seen.at(-1)?.body);
    expect([form.get('extra.channel_id'), form.get('notify_type'), form.get('extra.sound_uri')]).toEqual([
      'channel',
      '2',
      'message',
    ]);
  });

  it('are refused, each wrong one by its name, wherever they are given', async () => {
    const push = {
      badge: { set: -1 },
      colour: 'red',
      displayUntil: 'tomorrow',
      android: { clickAction: 'dance' },
      vendors: { xiaomi: { notifyType: 99, kind: 1 }, pigeon: {}, huawei: { category: 'GOSSIP' } },
    };
    const problems = (reply: Reply): string[] =>
      (reply.body as { errors: { path: string }[] }).errors.map(({ path }) => path).sort();
    const wrong = [
      'options.push.android.clickAction',
      'options.push.badge',
      'options.push.colour',
      'options.push.displayUntil',
      'options.push.vendors.huawei.category',
      'options.push.vendors.pigeon',
      'options.push.vendors.xiaomi.kind',
      'options.push.vendors.xiaomi.notifyType',
    ];
    const options = { push };
    const contents = { push: { en: { title: 'T' } } };
    for (const [method, path, body] of [
      ['POST', 'messages', { audience: { users: ['U1'] }, content: { sms: { text: 'x' } }, options }],
      ['POST', 'channels', { code: 'other', kind: 'sms', route: ['sandbox'], options }],
      ['PATCH', 'channels/sms', { options }],
      ['POST', 'templates', { code: 'T2', name: 'T2', contents, options }],
    ] as const) {
      const reply = await org.call(method, `/api/v1/${path}`, body);
      expect([path, reply.status, problems(reply)]).toEqual([path, 400, wrong]);
    }
  });
});

describe('a device', () => {
  it('is reached through accounts of its own environment only', async () => {
    const production = await started(new XiaomiSimulator());
    await accountWith(production, 'push');
    const development = await started(new XiaomiSimulator());
    await device('U1', 'xiaomi', production.address(1));
    await device('U2', 'xiaomi', production.address(2), { environment: 'development' });
    const before = await send({ audience: { users: ['U1', 'U2'] }, content: PUSH });
    expect((await org.deliveries(before)).map(({ recipient }) => recipient)).toEqual(['U1']);
    expect(await ok('GET', `messages/${before}/explain?recipient=U2`)).toMatchObject({
      channels: [{ reason: expect.stringContaining('no') }],
    });
    const account = {
      code: 'test',
      vendor: 'xiaomi',
      environment: 'development',
      settings: development.settings,
      pace: null,
    };
    await ok('POST', 'vendor-accounts', account);
    await ok('PATCH', 'channels/push', { route: ['xiaomi', 'test'] });
    const after = await send({ audience: { users: ['U1', 'U2'] }, content: PUSH });
    expect((await org.deliveries(after)).map(({ recipient, account }) => `${recipient} ${account}`).sort()).toEqual([
      'U1 xiaomi',
      'U2 test',
    ]);
    expect([production.pushes, development.pushes]).toEqual([2, 1]);
  });
});

describe('a vendor account', () => {
  it('is checked when it is saved', async () => {
    const errorsOf = async (vendor: string, settings: object): Promise<unknown> => {
      const reply = await org.call('POST', '/api/v1/vendor-accounts', { code: 'x', vendor, settings });
      expect(reply.status).toBe(400);
      return (reply.body as { errors: { path: string; message: string }[] }).errors;
    };
    expect(await errorsOf('xiaomi', { appSecret: 's', colour: 'red', baseUrl: 'ftp://x' })).toEqual([
      { path: 'settings.colour', message: 'is not a setting of xiaomi' },
      { path: 'settings.packageName', message: 'is required' },
      { path: 'settings.baseUrl', message: 'must be an http or https address' },
    ]);
    expect(
      await errorsOf('apns', { bundleId: 'a.b', keyId: 'ABCDE12345', teamId: 'ABCDE12345', privateKey: 'x' }),
    ).toEqual([{ path: 'settings.privateKey', message: expect.stringContaining('must be') }]);
  });

  it('that is refused says so in its status and in an alert, disturbs no other, and works again when it is mended', async () => {
    const xiaomi = await started(new XiaomiSimulator());
    await accountWith(xiaomi, 'push', { appSecret: 'wrong' });
    await device('U1', 'xiaomi', xiaomi.address(1));
    const id = await send({ audience: { users: ['U1'] }, content: { ...PUSH, sms: { text: 'hello' } } });
    expect(await states(id)).toEqual(['U1 sent']);
    expect(await ok('GET', 'vendor-accounts/xiaomi')).toMatchObject({
      problem: 'credentials',
      problemDetail: '21302: auth failed',
    });
    expect(await alerts()).toMatchObject([
      { kind: 'account-trouble', vendorAccount: 'xiaomi', code: '21302', detail: 'credentials: auth failed' },
    ]);
    expect(await ok('POST', 'vendor-accounts/xiaomi/verify')).toMatchObject({ ok: false });
    await ok('PATCH', 'vendor-accounts/xiaomi', { settings: { appSecret: xiaomi.settings['appSecret'] } });
    expect(await ok('POST', 'vendor-accounts/xiaomi/verify')).toMatchObject({ ok: true });
    await app.clock.advance(600_000);
    await app.drain();
    await receiving(app, xiaomi.receiptsPosted());
    await eventually(id, ['U1 delivered', 'U1 sent']);
    expect(await ok('GET', 'vendor-accounts/xiaomi')).toMatchObject({ problem: null, pausedUntil: null });
  });

  it('that cannot be reached says so, and is told of again when it works', async () => {
    const xiaomi = await started(new XiaomiSimulator());
    await accountWith(xiaomi, 'push', { baseUrl: 'http://127.0.0.1:9' });
    await device('U1', 'xiaomi', xiaomi.address(1));
    await send({ audience: { users: ['U1'] }, content: PUSH });
    expect(await alerts()).toMatchObject([{ kind: 'account-trouble', code: 'ECONNREFUSED' }]);
    await send({ audience: { users: ['U1'] }, content: PUSH });
    expect(await alerts()).toHaveLength(1);
  });

  it('that calls most addresses dead is not believed', async () => {
    const xiaomi = await started(new XiaomiSimulator());
    await accountWith(xiaomi, 'push');
    // One by one, so that no single call says much.
    for (let number = 0; number < 25; number++) {
      await device('U1', 'xiaomi', xiaomi.address(number, true));
    }
    const { items } = await ok('GET', 'endpoints?recipient=U1&kind=push&limit=200');
    for (const { id } of items as { id: string }[]) {
      await send({ audience: { endpoints: [id] }, content: PUSH });
    }
    const { items: dead } = await ok('GET', 'endpoints?recipient=U1&kind=push&status=quarantined&limit=200');
    expect((dead as unknown[]).length).toBe(19);
    expect(await alerts()).toMatchObject([{ kind: 'addresses-held', vendorAccount: 'xiaomi', code: '65003' }]);
  });

  it('never reaches into a private network unless it is allowed to', async () => {
    const xiaomi = await started(new XiaomiSimulator());
    await accountWith(xiaomi, 'push', { allowPrivateNetwork: false });
    await device('U1', 'xiaomi', xiaomi.address(1));
    await send({ audience: { users: ['U1'] }, content: PUSH });
    expect(xiaomi.requests).toBe(0);
    expect(await alerts()).toMatchObject([
      { kind: 'account-trouble', code: 'private-address', detail: expect.stringContaining('allowPrivateNetwork') },
    ]);
  });
});
