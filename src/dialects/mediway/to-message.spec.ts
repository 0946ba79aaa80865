import { describe, expect, it } from '@jest/globals';
import { InvalidRequest, NotFound } from '../../common/problem.js';
import type { MessageRequest } from '../../messages/message-request.js';
import { readTolerantJson } from '../tolerant-json.js';
import { MEDIWAY_EXAMPLES } from './examples.js';
import { channelPushToMessage, readAppId, templatePushToMessage, type MediwayContext } from './to-message.js';

/** Before the examples' sendTime, which would otherwise be past. */
const context: MediwayContext = {
  now: new Date('2023-08-04T00:00:00Z'),
  timeZone: 'Asia/Shanghai',
  channels: [
    { code: '1001', kind: 'sms' },
    { code: '1002', kind: 'inbox' },
    { code: '1003', kind: 'email' },
  ],
};
const plain = {
  appId: '1',
  receiverType: 'specified',
  receiverData: { user: ['USER001'] },
  channelData: { '1002': { content: 'c' } },
};
const templated = {
  appId: '1',
  receiverType: 'all',
  templateCode: 'MSG1001',
  channelParamData: { name: 'n' },
};

function channel(changes: Record<string, unknown> = {}): MessageRequest {
  return channelPushToMessage({ ...plain, ...changes }, context).request;
}

function template(changes: Record<string, unknown> = {}): MessageRequest {
  return templatePushToMessage({ ...templated, ...changes }, context).request;
}

/** The path and message of the refusal. */
function refusal(translate: () => unknown): string {
  try {
    translate();
  } catch (error) {
    if (error instanceof InvalidRequest) return error.message;
    throw error;
  }
  throw new Error('was accepted');
}

const exampleContents = {
  '1001': {
    text: '这是我的第一条短信消息',
    sign: '东华医为',
    vendorTemplate: { id: 'T100101', params: { code: '1001', time: '5' } },
  },
  '1002': { title: '发工资了', html: '你好，您的工资已发，请及时查收！', url: 'http://xxxx' },
  '1003': { title: '邮件标题', html: '邮件内容' },
};
const exampleSelectors = {
  users: ['USER001', 'USER002'],
  departments: ['DEPT001', 'DEPT002'],
  posts: ['POST001', 'POST002'],
  roles: ['ROLE001', 'ROLE002'],
};
const exampleRest = {
  category: 'notice',
  sendAt: new Date('2023-08-04T04:15:12Z'),
  correlationId: 'xxxxxx',
  sender: { name: '张三' },
  options: { mediway: { priority: '2' } },
};

describe('the printed examples', () => {
  it('示例1: content for specified people on three channels', () => {
    expect(channelPushToMessage(readTolerantJson(MEDIWAY_EXAMPLES.channelToSpecified), context)).toEqual({
      appId: '102343444',
      request: { audience: exampleSelectors, contents: exampleContents, priority: 'normal', ...exampleRest },
    });
  });

  it('示例2, H14, H15: swapped accounts stay with their channel, content follows the kind, a repeated mail is one', () => {
    expect(channelPushToMessage(readTolerantJson(MEDIWAY_EXAMPLES.channelToCustom), context)).toEqual({
      appId: '102343444',
      request: {
        audience: {
          addresses: {
            '1001': ['USER001', 'USER002'],
            '1002': ['18660886275', '18660886834'],
            '1003': ['zhaoli@126.com'],
          },
        },
        contents: exampleContents,
        priority: 'normal',
        ...exampleRest,
      },
    });
  });

  it('H27, H28, H36: the template example, which is not JSON, with its typing error kept', () => {
    expect(() => JSON.parse(MEDIWAY_EXAMPLES.templateToSpecified) as unknown).toThrow(SyntaxError);
    expect(templatePushToMessage(readTolerantJson(MEDIWAY_EXAMPLES.templateToSpecified), context)).toEqual({
      appId: '102343444',
      request: {
        audience: exampleSelectors,
        template: { code: 'MSG1001', params: { code: 'Meidcal1001', name: '患者001' } },
        priority: 'high',
        ...exampleRest,
      },
    });
  });
});

describe('fields of both calls', () => {
  it('H2: appId may be a number, and is needed', () => {
    expect(readAppId({ appId: 102343444 })).toBe('102343444');
    expect(readAppId({ appId: ' 1 ' })).toBe('1');
    for (const appId of [undefined, null, '', '  '])
      expect(refusal(() => channel({ appId }))).toBe('appId: is required');
    for (const appId of [true, {}, ['1']]) expect(refusal(() => readAppId({ appId }))).toBe('appId: must be a string');
    expect(refusal(() => readAppId({ appId: 2 ** 53 }))).toContain('send it as a string');
    for (const body of [undefined, null, 'x', 1, []]) expect(refusal(() => readAppId(body))).toContain('body: ');
  });

  it('H3: receiverType in any case and with blanks; others are refused', () => {
    expect(channel({ receiverType: ' SPECIFIED ' }).audience).toEqual({ users: ['USER001'] });
    expect(channel({ receiverType: 'All' }).audience).toEqual({ all: true });
    expect(template({ receiverType: 'Custom', receiverData: { '1001': ['1'] } }).audience).toEqual({
      addresses: { '1001': ['1'] },
    });
    expect(refusal(() => channel({ receiverType: 'everyone' }))).toContain('receiverType: must be');
    expect(refusal(() => channel({ receiverType: undefined }))).toBe('receiverType: is required');
  });

  it('H4: receiverData is needed unless receiverType is all, and nobody is never everybody', () => {
    for (const receiverType of ['specified', 'custom']) {
      for (const receiverData of [undefined, null, {}, { user: [] }, { user: [' '] }, { user: null }]) {
        expect(refusal(() => channel({ receiverType, receiverData }))).toContain('receiverData: ');
        expect(refusal(() => template({ receiverType, receiverData }))).toContain('receiverData: ');
      }
    }
    expect(refusal(() => channel({ receiverData: { user: 'USER001' } }))).toContain(
      'receiverData.user: must be an array',
    );
    expect(refusal(() => channel({ receiverData: { user: ['a', {}] } }))).toContain('receiverData.user[1]: ');
    expect(refusal(() => channel({ receiverData: { users: ['USER001'] } }))).toContain('receiverData: must name');
    expect(channel({ receiverType: 'all', receiverData: 'ignored' }).audience).toEqual({ all: true });
  });

  it('H5: user, dept, post and role are one union of trimmed codes, each once', () => {
    const receiverData = { user: ['U1', ' U1 ', 'U2', '', 7], dept: ['D1'], post: ['P1'], role: ['R1', 'R1'] };
    expect(channel({ receiverData }).audience).toEqual({
      users: ['U1', 'U2', '7'],
      departments: ['D1'],
      posts: ['P1'],
      roles: ['R1'],
    });
  });

  it('H15: accounts are trimmed and sent to once', () => {
    const receiverData = { '1002': [' USER001', 'USER001 ', 18660886275] };
    expect(channel({ receiverType: 'custom', receiverData }).audience).toEqual({
      addresses: { '1002': ['USER001', '18660886275'] },
    });
  });

  it('H16: the two calls have two scales, and the raw value is kept', () => {
    expect(channel({ priority: '2' }).priority).toBe('normal');
    expect(template({ priority: '2' }).priority).toBe('high');
    expect(channel({ priority: 3 }).options).toEqual({ mediway: { priority: 3 } });
    expect(template({ priority: '0' }).options).toEqual({ mediway: { priority: '0' } });
    expect(channel().options).toBeUndefined();
  });

  it('H17: senderCode identifies, senderName names, neither is needed', () => {
    expect(channel({ senderCode: ' D01 ', senderName: '张三' }).sender).toEqual({ code: 'D01', name: '张三' });
    expect(template({ senderCode: 7 }).sender).toEqual({ code: '7' });
    expect(channel().sender).toBeUndefined();
  });

  it('H18: sendTime is read in the zone given, and the past is now', () => {
    const body = { ...plain, sendTime: '2026-12-01 08:00:00' };
    const sendAt = (changes: Partial<MediwayContext>): Date | undefined =>
      channelPushToMessage(body, { ...context, ...changes }).request.sendAt;
    expect(sendAt({})).toEqual(new Date('2026-12-01T00:00:00Z'));
    expect(sendAt({ timeZone: 'UTC' })).toEqual(new Date('2026-12-01T08:00:00Z'));
    expect(sendAt({ now: new Date('2026-12-01T00:00:00Z') })).toBeUndefined();
    expect(template({ sendTime: 1_796_083_200 }).sendAt).toEqual(new Date('2026-12-01T00:00:00Z'));
  });

  it('H19: businessId is optional', () => {
    expect(channel({ businessId: 42 }).correlationId).toBe('42');
    expect(template({ businessId: 'b' }).correlationId).toBe('b');
    expect(channel({ businessId: '' }).correlationId).toBeUndefined();
    expect(channel().dedupKey).toBeUndefined();
  });

  it('H20: msgType on both calls; absent is notice, an unknown word is kept', () => {
    for (const translate of [channel, template]) {
      expect(translate({}).category).toBe('notice');
      expect(translate({ msgType: '' }).category).toBe('notice');
      expect(translate({ msgType: 'reminder' }).category).toBe('reminder');
      expect(translate({ msgType: '值班' }).category).toBe('值班');
    }
  });
});

describe('发送普通消息', () => {
  it('H6, H7: custom accounts meet channelData in the channel code, the rest is recorded as skipped', () => {
    const request = channel({
      receiverType: 'custom',
      receiverData: { '1001': ['18660886275'], '1003': [], nowhere: ['x'] },
      channelData: { '1001': { content: 's' }, '1002': { content: 'i' }, '1003': { content: 'e' } },
    });
    expect(request.audience).toEqual({ addresses: { '1001': ['18660886275'] } });
    expect(request.contents).toEqual({ '1001': { text: 's' } });
    expect(request.options).toEqual({ mediway: { skippedChannels: ['nowhere', '1003', '1002'] } });
  });

  it('H7: custom accounts on no channel of channelData are refused', () => {
    expect(refusal(() => channel({ receiverType: 'custom', receiverData: { '1001': ['1'] } }))).toContain(
      'receiverData: ',
    );
  });

  it('H14: the kind of the registered channel decides the content, not its code', () => {
    const swapped = { ...context, channels: [{ code: '1001', kind: 'inbox' as const }] };
    const body = { ...plain, channelData: { '1001': { sign: 's', content: 'c', templateData: { templateId: 'T' } } } };
    expect(channelPushToMessage(body, swapped).request.contents).toEqual({ '1001': { html: 'c' } });
  });

  it('H24: a channel code the organisation does not have is not found', () => {
    expect(() => channel({ channelData: { '1002': { content: 'c' }, '9999': { content: 'c' } } })).toThrow(NotFound);
    expect(() => channel({ channelData: { constructor: { content: 'c' } } })).toThrow(NotFound);
  });

  it('H24: what is missing is a parameter fault', () => {
    expect(refusal(() => channel({ channelData: undefined }))).toBe('channelData: is required');
    expect(refusal(() => channel({ channelData: {} }))).toContain('channelData: ');
    expect(refusal(() => channel({ channelData: [] }))).toContain('channelData: ');
    expect(refusal(() => channel({ channelData: { '1002': 'text' } }))).toContain('channelData.1002: ');
    expect(refusal(() => channel({ channelData: { '1002': { title: 't' } } }))).toBe(
      'channelData.1002.content: is required',
    );
    expect(refusal(() => channel({ channelData: { '1003': { content: ' ' } } }))).toBe(
      'channelData.1003.content: is required',
    );
  });

  it('H39: all reaches everyone on the channels of channelData', () => {
    const request = channel({ receiverType: 'all', receiverData: { user: ['U'] } });
    expect(request.audience).toEqual({ all: true });
    expect(Object.keys(request.contents ?? {})).toEqual(['1002']);
  });
});

describe('发送模板消息', () => {
  it('H29: channelParamData is flat', () => {
    const mixed = { '1001': { name: 'n' }, name: 'n' };
    for (const channelParamData of [{ name: 'n' }, { '1001': 'n' }, mixed, { '9999': { name: 'n' } }, {}]) {
      expect(template({ channelParamData }).template).toEqual({ code: 'MSG1001', params: channelParamData });
    }
  });

  it('H29: channelParamData is per channel when every key is a channel code and every value an object', () => {
    const channelParamData = { '1001': { name: 'a' }, '1002': { name: 'b' } };
    expect(template({ channelParamData }).template).toEqual({
      code: 'MSG1001',
      params: {},
      channelParams: channelParamData,
    });
  });

  it('H30: a null variable is a missing one', () => {
    expect(template({ channelParamData: { name: null, x: '' } }).template?.params).toEqual({ x: '' });
  });

  it('H31: custom accounts choose the channels of the template', () => {
    const request = template({ receiverType: 'custom', receiverData: { '1001': ['1'], '1003': ['a@b'], '1002': [] } });
    expect(request.audience).toEqual({ addresses: { '1001': ['1'], '1003': ['a@b'] } });
    expect(request.template?.channels).toEqual(['1001', '1003']);
    expect(request.options).toEqual({ mediway: { skippedChannels: ['1002'] } });
    expect(() => template({ receiverType: 'custom', receiverData: { '9999': ['1'] } })).toThrow(NotFound);
  });

  it('H24: templateCode and channelParamData are needed', () => {
    expect(refusal(() => template({ templateCode: ' ' }))).toBe('templateCode: is required');
    expect(refusal(() => template({ channelParamData: undefined }))).toBe('channelParamData: is required');
    expect(refusal(() => template({ channelParamData: 'x' }))).toContain('channelParamData: must be');
    expect(template({ templateCode: 1001 }).template?.code).toBe('1001');
  });

  it('H39: all leaves the channels to the template', () => {
    expect(template()).toMatchObject({ audience: { all: true }, template: { code: 'MSG1001', params: { name: 'n' } } });
    expect(template().template?.channels).toBeUndefined();
  });
});
