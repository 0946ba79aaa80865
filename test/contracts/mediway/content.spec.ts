import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { APP_ID, MediwayFixture } from './fixture.js';

const PRIORITY_RANKS = { high: 0, normal: 1, low: 2 } as const;

const invalid = (detail: string): object => ({ code: 400, msg: `参数有误：${detail}` });

describe('what a push says', () => {
  let mediway: MediwayFixture;

  beforeAll(async () => {
    mediway = await MediwayFixture.start();
  });
  afterAll(() => mediway.close());

  const one = { appId: APP_ID, receiverType: 'specified', receiverData: { user: ['USER001'] } };
  const plain = { ...one, channelData: { '1002': { content: 'c' } } };
  const templated = { ...one, templateCode: 'MSG1001', channelParamData: { code: 'A1', name: '患者' } };
  const refusal = async (path: string, body: object): Promise<unknown> => (await mediway.post(path, body)).body;

  it('H2: appId and codes may come as numbers', async () => {
    const id = await mediway.sent('push/channel', { ...plain, appId: 102343444, businessId: 20231 });
    expect(await mediway.message(id)).toMatchObject({ correlationId: '20231' });
  });

  it('H9: website is optional; it must lead to the web', async () => {
    const id = await mediway.sent('push/channel', { ...plain, channelData: { '1002': { content: 'c', website: '' } } });
    expect((await mediway.message(id)).contents).toEqual([{ html: 'c' }]);
    const script = { '1002': { content: 'c', website: 'javascript:alert(1)' } };
    expect(await refusal('push/channel', { ...plain, channelData: script })).toEqual(
      invalid('channelData.1002.website: must be an http(s) address or a relative path'),
    );
  });

  it('H10, H11, H12: an SMS may be text, a vendor template, or both; its parameters are any scalars', async () => {
    const templateData = { templateId: 'T1', paramData: { code: 'AAAb', time: 5, urgent: true } };
    const vendorTemplate = { id: 'T1', params: { code: 'AAAb', time: '5', urgent: 'true' } };
    const byTemplate = await mediway.sent('push/channel', { ...one, channelData: { '1001': { templateData } } });
    expect((await mediway.sandbox('sms', byTemplate))[0]?.content).toEqual({ vendorTemplate });
    const both = { content: '验证码${code}，${time}分钟内有效', templateData };
    const byBoth = await mediway.sent('push/channel', { ...one, channelData: { '1001': both } });
    expect((await mediway.sandbox('sms', byBoth))[0]?.content).toEqual({
      text: '验证码AAAb，5分钟内有效',
      vendorTemplate,
    });
    expect(await refusal('push/channel', { ...one, channelData: { '1001': { sign: '东华医为' } } })).toEqual(
      invalid('channelData.1001.content: is required where templateData names no template'),
    );
  });

  it('H30: an SMS never goes out with a placeholder in it', async () => {
    const channelData = { '1001': { content: '验证码${code}', templateData: { paramData: { time: 5 } } } };
    expect(await refusal('push/channel', { ...one, channelData })).toEqual(
      invalid('channelData.1001.templateData.paramData.code: is used in the content but missing'),
    );
  });

  it('content is required in-site and by mail', async () => {
    for (const code of ['1002', '1003']) {
      expect(await refusal('push/channel', { ...one, channelData: { [code]: { title: 't' } } })).toEqual(
        invalid(`channelData.${code}.content: is required`),
      );
    }
    expect(await refusal('push/channel', { ...one, channelData: {} })).toEqual(
      invalid('channelData: must hold the content of some channel'),
    );
  });

  it.each([
    ['push/channel', plain, ['low', 'low', 'normal', 'high'] as const],
    ['push/template', templated, ['low', 'normal', 'high', 'high'] as const],
  ] as const)('H16: the priorities of %s', async (path, body, scale) => {
    for (const [value, priority] of scale.entries()) {
      const id = await mediway.sent(path, { ...body, priority: value % 2 === 0 ? value : String(value) });
      expect(await mediway.message(id)).toMatchObject({ priority: PRIORITY_RANKS[priority] });
    }
    const unset = await mediway.sent(path, body);
    expect(await mediway.message(unset)).toMatchObject({ priority: PRIORITY_RANKS.normal });
    expect(await refusal(path, { ...body, priority: '4' })).toEqual(invalid('priority: must be 0, 1, 2 or 3'));
  });

  it('H17: senderCode and senderName are both kept, and neither is needed', async () => {
    const id = await mediway.sent('push/channel', { ...plain, senderCode: 'USER002', senderName: '张三' });
    expect(await mediway.message(id)).toMatchObject({ sender: { code: 'USER002', name: '张三' } });
    const silent = await mediway.sent('push/channel', plain);
    expect(await mediway.message(silent)).toMatchObject({ sender: null });
  });

  it('H19: businessId is optional, and the same one may be sent again', async () => {
    const first = await mediway.sent('push/channel', { ...plain, businessId: 'again' });
    const second = await mediway.sent('push/channel', { ...plain, businessId: 'again' });
    expect(second).not.toBe(first);
    expect(await mediway.deliveries(second)).toEqual(['1002 USER001 delivered']);
  });

  it('H20: msgType is kept on both calls; notice when absent', async () => {
    const custom = await mediway.sent('push/channel', { ...plain, msgType: '随访' });
    const reminder = await mediway.sent('push/template', { ...templated, msgType: 'reminder' });
    const absent = await mediway.sent('push/template', templated);
    expect((await mediway.message(custom)).category).toBe('随访');
    expect((await mediway.message(reminder)).category).toBe('reminder');
    expect((await mediway.message(absent)).category).toBe('notice');
  });

  it.each([null, '', '2023-08-04 12:15:12', 0])('H18: sendTime %j is at once', async (sendTime) => {
    const id = await mediway.sent('push/channel', { ...plain, sendTime });
    expect(await mediway.deliveries(id)).toEqual(['1002 USER001 delivered']);
  });

  it('H18: an impossible sendTime is refused', async () => {
    expect(await refusal('push/channel', { ...plain, sendTime: '2023-08-06 08:30:77' })).toEqual(
      invalid('sendTime: must be an existing time: yyyy-MM-dd HH:mm:ss, ISO 8601, or epoch seconds or ms'),
    );
  });

  it('H18: a sendTime to come is read in Asia/Shanghai, and waited for', async () => {
    const { body } = await mediway.post('push/channel', { ...plain, sendTime: '2026-12-01 10:05:00' });
    const id = String(body.msgId);
    await mediway.app.drain();
    expect(await mediway.deliveries(id)).toEqual([]);
    const due = new Date('2026-12-01T02:05:00Z');
    expect(await mediway.message(id)).toMatchObject({ state: 'scheduled', sendAt: due });
    const epoch = await mediway.sent('push/channel', { ...plain, sendTime: due.getTime() / 1000 });
    expect(await mediway.message(epoch)).toMatchObject({ state: 'scheduled', sendAt: due });
    await mediway.app.clock.set(due);
    await mediway.app.drain();
    expect(await mediway.deliveries(id)).toEqual(['1002 USER001 delivered']);
  });

  it('H24: an unknown template is 404', async () => {
    expect(await refusal('push/template', { ...templated, templateCode: 'MSG9999' })).toEqual({
      code: 404,
      msg: '请求资源不存在',
    });
  });

  it('H29: variables may be given per channel', async () => {
    const channelParamData = { '1001': { code: 'S', name: '短信' }, '1002': { code: 'I', name: '站内' } };
    const id = await mediway.sent('push/template', { ...templated, channelParamData });
    const [sms] = await mediway.sandbox('sms', id);
    expect(sms?.content.text).toBe('短信，您的检查编号是S。');
    expect(await mediway.inbox('USER001', id)).toEqual([expect.objectContaining({ title: '检查 I' })]);
    expect(
      await refusal('push/template', { ...templated, channelParamData: { '1001': channelParamData['1001'] } }),
    ).toEqual(expect.objectContaining({ code: 400 }));
  });

  it('H30: a missing variable is refused by its name; one too many is ignored', async () => {
    expect(await refusal('push/template', { ...templated, channelParamData: { code: 'A1' } })).toEqual(
      invalid('channelParamData.name: is required'),
    );
    const id = await mediway.sent('push/template', {
      ...templated,
      channelParamData: { code: 7, name: '${code}', other: 'x' },
    });
    // A value is text: what looks like a placeholder in it stays.
    expect((await mediway.sandbox('sms', id))[0]?.content.text).toBe('${code}，您的检查编号是7。');
  });

  it('H35: HTML is kept as it was sent, and shown without what could run', async () => {
    const html = '<b>重要</b><script>alert(1)</script>';
    const id = await mediway.sent('push/channel', { ...plain, channelData: { '1002': { content: html } } });
    expect((await mediway.message(id)).contents).toEqual([{ html }]);
    expect(await mediway.inbox('USER001', id)).toEqual([expect.objectContaining({ html: '<b>重要</b>' })]);
  });

  it('H36: comments, trailing commas and full-width punctuation are read; strings stay as they are', async () => {
    const id = await mediway.sent(
      'push/channel',
      `{ // 应用
        "appId"："${APP_ID}"，"receiverType": "specified", /* 接收 */ "receiverData": {"user": ["USER001",],},
        "channelData": {"1002": {"content": "a，b：c // d",}},
      }`,
    );
    expect((await mediway.message(id)).contents).toEqual([{ html: 'a，b：c // d' }]);
  });
});
