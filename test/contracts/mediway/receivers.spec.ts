import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { APP_ID, MediwayFixture } from './fixture.js';

const inbox = { '1002': { content: 'c' } };

describe('whom a push reaches', () => {
  let mediway: MediwayFixture;

  beforeAll(async () => {
    mediway = await MediwayFixture.start();
  });
  afterAll(() => mediway.close());

  const push = (body: object): Promise<string> =>
    mediway.sent('push/channel', { appId: APP_ID, channelData: inbox, ...body });
  const refusal = async (path: string, body: object): Promise<unknown> => {
    const before = await mediway.messageCount();
    const { body: reply } = await mediway.post(path, { appId: APP_ID, ...body });
    expect(await mediway.messageCount()).toBe(before);
    return reply;
  };

  it('H3: receiverType in any case and with blanks is understood, anything else is refused', async () => {
    const id = await push({ receiverType: ' Specified ', receiverData: { user: ['USER001'] } });
    expect(await mediway.deliveries(id)).toEqual(['1002 USER001 delivered']);
    expect(await refusal('push/channel', { receiverType: 'everyone', channelData: inbox })).toEqual({
      code: 400,
      msg: '参数有误：receiverType: must be all, specified or custom',
    });
  });

  it.each<[string, object, string]>([
    ['missing', {}, 'receiverData: is required'],
    ['null', { receiverData: null }, 'receiverData: is required'],
    ['empty', { receiverData: {} }, 'receiverData: must name a user, dept, post or role'],
    [
      'of empty lists',
      { receiverData: { user: [], dept: [''] } },
      'receiverData: must name a user, dept, post or role',
    ],
    ['of unknown keys', { receiverData: { users: ['USER001'] } }, 'receiverData: must name a user, dept, post or role'],
  ])('H4: receiverData %s is never a broadcast', async (_name, data, msg) => {
    const body = { receiverType: 'specified', channelData: inbox, ...data };
    expect(await refusal('push/channel', body)).toEqual({ code: 400, msg: `参数有误：${msg}` });
  });

  it('H39: all is everyone with an account on the channel, and ignores receiverData', async () => {
    const id = await push({
      receiverType: 'all',
      receiverData: { user: ['USER001'] },
      channelData: { '1001': { content: '全体' } },
    });
    const withPhone = ['USER001', 'USER002', 'USER003', 'USER004', 'USER006'];
    expect(await mediway.deliveries(id)).toEqual(withPhone.map((code) => `1001 ${code} sent`));
  });

  it('nobody found is 200, and recorded', async () => {
    const id = await push({ receiverType: 'specified', receiverData: { user: ['NOBODY'], dept: ['NOWHERE'] } });
    expect(await mediway.deliveries(id)).toEqual([]);
    expect(await mediway.message(id)).toMatchObject({
      state: 'done',
      unresolved: { users: ['NOBODY'], departments: ['NOWHERE'] },
    });
  });

  it('unknown codes do not keep the others from getting it', async () => {
    const id = await push({ receiverType: 'specified', receiverData: { user: ['NOBODY', 'USER002'] } });
    expect(await mediway.deliveries(id)).toEqual(['1002 USER002 delivered']);
  });

  it('H6, H7: custom sends to the channels on both sides; the others are recorded as skipped', async () => {
    const id = await push({
      receiverType: 'custom',
      receiverData: { '1001': ['18660886275'], '1003': ['a@example.com'] },
      channelData: { ...inbox, '1001': { content: '短信' } },
    });
    expect(await mediway.deliveries(id)).toEqual(['1001 18660886275 sent']);
    const { options } = await mediway.message(id);
    const { skippedChannels } = options.mediway as { skippedChannels: string[] };
    expect([...skippedChannels].sort()).toEqual(['1002', '1003']);
  });

  it('H7: custom with no channel on both sides is refused', async () => {
    const body = { receiverType: 'custom', receiverData: { '1001': ['18660886275'] }, channelData: inbox };
    expect(await refusal('push/channel', body)).toEqual({
      code: 400,
      msg: '参数有误：receiverData: names no account of a channel in channelData',
    });
  });

  it('H15: accounts are trimmed and used once; numbers are accounts', async () => {
    const id = await push({
      receiverType: 'custom',
      receiverData: { '1001': ['18660886275', ' 18660886275 ', 18660886275, '186-6088-6275'] },
      channelData: { '1001': { content: '短信' } },
    });
    expect(await mediway.deliveries(id)).toEqual(['1001 18660886275 sent']);
    expect(await mediway.sandbox('sms', id)).toHaveLength(1);
  });

  it('H24: an unknown channel is 404', async () => {
    const notFound = { code: 404, msg: '请求资源不存在' };
    const all = { receiverType: 'all', channelData: { '9999': { content: 'c' } } };
    expect(await refusal('push/channel', all)).toEqual(notFound);
    const custom = { receiverType: 'custom', receiverData: { '9999': ['x'] } };
    const template = { templateCode: 'MSG1001', channelParamData: { code: 'c', name: 'n' } };
    expect(await refusal('push/template', { ...custom, ...template })).toEqual(notFound);
  });

  describe('H31: custom receivers and a template', () => {
    const template = { receiverType: 'custom', templateCode: 'MSG1001', channelParamData: { code: 'c', name: 'n' } };

    it('use the channels that the template has content for, and record the others', async () => {
      const id = await mediway.sent('push/template', {
        appId: APP_ID,
        ...template,
        receiverData: { '1001': ['18660886275'], '1002': ['USER001'], '1003': ['a@example.com'] },
      });
      expect(await mediway.deliveries(id)).toEqual(['1001 18660886275 sent', '1002 USER001 delivered']);
      expect(await mediway.message(id)).toMatchObject({ options: { mediway: { skippedChannels: ['1003'] } } });
    });

    it('are refused when no channel is left', async () => {
      const body = { ...template, receiverData: { '1003': ['a@example.com'] } };
      expect(await refusal('push/template', body)).toEqual({
        code: 400,
        msg: '参数有误：receiverData: names no account of a channel the template is for',
      });
    });
  });
});
