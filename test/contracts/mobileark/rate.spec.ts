import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { RateWindow } from '../../../src/access/rate-window/rate-window.js';
import { startTestApp, type TestApp } from '../../support/test-app.js';
import { encode, type Form, MobilearkFixture, SECRETS_KEY, sign } from './fixture.js';

const TOO_OFTEN = '{"code":"1037","message":"应用调用服务的频率超限","solution":"请降低服务访问的频率"}';
const SUCCESS = '{"resultCode":"0","resultMsg":"成功"}';
const MINUTE = 60_000;

describe('M7: three calls in five minutes', () => {
  let mobileark: MobilearkFixture;
  let second: TestApp;
  let appKey: string;
  let number = 0;

  beforeAll(async () => {
    mobileark = await MobilearkFixture.start();
    // Another process on the same database.
    second = await startTestApp({ SECRETS_KEY }, () => Promise.resolve(mobileark.app.databaseUrl));
  });
  afterAll(async () => {
    await second.close();
    await mobileark.close();
  });
  beforeEach(async () => {
    appKey = `app-${++number}`;
    await mobileark.application(appKey, appKey);
  });

  const form = (change: Record<string, string> = {}): Form => ({
    appKey,
    method: 'mobileark.impush',
    v: '1.0',
    ecid: 'default',
    imSender: 'zhangsan',
    imSenderName: '张三',
    imReceiver: 'lisi',
    content: 'c',
    ...change,
  });
  const call = async (change?: Record<string, string>): Promise<string> => (await mobileark.call(form(change))).text;

  it('the fourth is refused, and again once the window has slid past the first', async () => {
    expect([await call(), await call()]).toEqual([SUCCESS, SUCCESS]);
    await mobileark.app.clock.advance(2 * MINUTE);
    expect(await call()).toBe(SUCCESS);
    const before = await mobileark.messageCount();
    expect([await call(), await call()]).toEqual([TOO_OFTEN, TOO_OFTEN]);
    expect(await mobileark.messageCount()).toBe(before);
    await mobileark.app.clock.advance(3 * MINUTE - 1);
    expect(await call()).toBe(TOO_OFTEN);
    await mobileark.app.clock.advance(1);
    // The first two are five minutes old, the third is not.
    expect([await call(), await call(), await call()]).toEqual([SUCCESS, SUCCESS, TOO_OFTEN]);
  });

  it('each sender, however spelled, and each application has three', async () => {
    for (const imSender of ['zhangsan', 'im_zhangsan', 'IM_ZhangSan']) expect(await call({ imSender })).toBe(SUCCESS);
    for (const imSender of ['zhangsan', 'im_zhangsan', 'ZHANGSAN', ' zhangsan ']) {
      expect(await call({ imSender, ecid: 'DEFAULT' })).toBe(TOO_OFTEN);
    }
    expect(await call({ imSender: 'lisi' })).toBe(SUCCESS);
    await mobileark.application(`${appKey}-other`, `${appKey}-other`);
    expect(await call({ appKey: `${appKey}-other` })).toBe(SUCCESS);
  });

  it('what is not accepted does not count', async () => {
    const rejected: Record<string, string>[] = [
      { imReceiver: 'nobody' },
      { imReceiver: '' },
      { content: 'x'.repeat(1001) },
      { ecid: 'other' },
      { imSender: 'nobody' },
      { v: '2.0' },
      { sign: 'x' },
    ];
    for (const change of [...rejected, ...rejected]) expect(await call(change)).not.toBe(SUCCESS);
    expect([await call(), await call(), await call(), await call()]).toEqual([SUCCESS, SUCCESS, SUCCESS, TOO_OFTEN]);
  });

  it('a call that fails on the way gives its place back', async () => {
    expect([await call(), await call()]).toEqual([SUCCESS, SUCCESS]);
    await mobileark.query('ALTER TABLE message RENAME TO message_away', []);
    try {
      for (let tries = 0; tries < 3; tries++) expect((await mobileark.call(form())).body.code).toBe('1001');
    } finally {
      await mobileark.query('ALTER TABLE message_away RENAME TO message', []);
    }
    expect([await call(), await call()]).toEqual([SUCCESS, TOO_OFTEN]);
  });

  it('is told before wrong parameters are, and after a wrong signature is', async () => {
    for (let calls = 0; calls < 3; calls++) expect(await call()).toBe(SUCCESS);
    expect(await call({ content: '' })).toBe(TOO_OFTEN);
    expect(await call({ sign: 'x' })).toContain('"1025"');
  });

  it('holds for calls at the same time, over two processes', async () => {
    const body = encode({ ...form(), sign: sign(form()) });
    const post = async (app: TestApp): Promise<string> =>
      (
        await app.inject({
          method: 'POST',
          url: '/thirdpartaccess',
          headers: { 'content-type': 'application/x-www-form-urlencoded' },
          payload: body,
        })
      ).payload;
    const before = await mobileark.messageCount();
    const answers = await Promise.all(
      Array.from({ length: 24 }, (_, index) => post(index % 2 === 0 ? mobileark.app : second)),
    );
    expect(answers.filter((text) => text === SUCCESS)).toHaveLength(3);
    expect(answers.filter((text) => text === TOO_OFTEN)).toHaveLength(21);
    expect(await mobileark.messageCount()).toBe(before + 3);
  });

  it('are as many as the settings say', async () => {
    const limits = { calls: 1, windowSeconds: 10 };
    await mobileark.native('PATCH', `/api/v1/applications/${appKey}`, { settings: { mobileark: { limits } } });
    await mobileark.app.clock.advance(2_001);
    expect([await call(), await call()]).toEqual([SUCCESS, TOO_OFTEN]);
    await mobileark.app.clock.advance(10_000);
    expect([await call(), await call()]).toEqual([SUCCESS, TOO_OFTEN]);
  });

  it('leave nothing behind but the instants of the window', async () => {
    for (let calls = 0; calls < 8; calls++) {
      expect(await call()).toBe(SUCCESS);
      await mobileark.app.clock.advance(4 * MINUTE);
    }
    const rows = await mobileark.query<{ places: number }>(
      'SELECT cardinality(taken_at) AS places FROM rate_window WHERE name LIKE $1',
      [`mobileark.impush/${appKey}/%`],
    );
    expect(rows).toEqual([{ places: 2 }]);
  });

  it('of places taken at one instant only one is given back', async () => {
    const rates = mobileark.app.nest.get(RateWindow);
    const rule = { name: appKey, places: 3, seconds: 60 };
    const organisationId = Number(mobileark.organisation.id);
    const places = [await rates.take(organisationId, rule), await rates.take(organisationId, rule)];
    expect(await rates.take(organisationId, rule)).toEqual(mobileark.app.clock.now());
    expect(await rates.isFull(organisationId, rule)).toBe(true);
    await rates.giveBack(organisationId, rule, places[0] ?? new Date(0));
    expect(await rates.isFull(organisationId, rule)).toBe(false);
    expect(await rates.take(organisationId, rule)).toBeDefined();
    expect(await rates.take(organisationId, rule)).toBeUndefined();
    // What is not there frees nothing.
    await rates.giveBack(organisationId, rule, new Date(0));
    expect(await rates.take(organisationId, rule)).toBeUndefined();
    expect(await rates.isFull(organisationId + 1, rule)).toBe(false);
  });
});
