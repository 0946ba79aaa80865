import { createHash } from 'node:crypto';
import type { ApiClient } from '../api-client.js';
import type { OrganisationSeed } from './seed-organisation.js';

/** The application key and the secret of the signature that the gateway's document works out. */
export const MOBILEARK = { appKey: '00001', secret: 'asd', ecid: 'default' };

export const MOBILEARK_SEED: OrganisationSeed = {
  organisation: { code: MOBILEARK.ecid, name: 'MobileArk demo', locale: 'zh-CN', timeZone: 'Asia/Shanghai' },
  application: { code: 'mobileark', name: 'MobileArk caller', settings: { mobileark: {} } },
  credential: { kind: 'app-secret', publicId: MOBILEARK.appKey, secret: MOBILEARK.secret },
  accounts: [{ code: 'sandbox', name: 'Sandbox: takes every SMS and sends none', vendor: 'sandbox', settings: {} }],
  channels: [
    { code: 'im', name: 'IM', kind: 'inbox' },
    { code: 'system', name: 'System messages', kind: 'inbox' },
    { code: 'sms', name: 'SMS', kind: 'sms', route: ['sandbox'] },
  ],
  groups: [
    { kind: 'department', code: 'dep001', name: '研发部' },
    { kind: 'department', code: 'dep002', name: '测试组', parent: 'dep001' },
  ],
  people: [
    { code: 'zhangsan', name: '张三', phone: '13812345678', departments: ['dep001'] },
    { code: 'lisi', name: '李四', phone: '13912345678', departments: ['dep002'] },
    { code: 'wangwu', name: '王五', phone: '13712345678' },
  ],
};

interface Call {
  title: string;
  parameters: Record<string, string>;
  /** How many deliveries it makes. */
  deliveries: number;
}

const CALLS: readonly Call[] = [
  {
    title: 'impush 1.0',
    parameters: {
      method: 'mobileark.impush',
      v: '1.0',
      ecid: MOBILEARK.ecid,
      imSender: 'im_zhangsan',
      imSenderName: '张三',
      imReceiver: 'im_lisi,im_wangwu',
      content: '下午三点开会，请准时参加。',
    },
    deliveries: 2,
  },
  {
    title: 'syspush 1.3, nobody known as "a"',
    parameters: {
      method: 'mobileark.syspush',
      v: '1.3',
      ecid: MOBILEARK.ecid,
      type: '1',
      loginIds: 'zhangsan,lisi,a',
      depUuids: 'dep001',
      title: '系统通知',
      content: '系统将于今晚十点升级。',
    },
    deliveries: 2,
  },
  {
    title: 'syspush 1.3, type 16 to all',
    parameters: {
      method: 'mobileark.syspush',
      v: '1.3',
      ecid: MOBILEARK.ecid,
      type: '16',
      title: '本周要闻',
      content: '点击查看本周要闻。',
      param: '{"key1":"val1","key2":"val2"}',
    },
    deliveries: 3,
  },
  {
    title: 'smspush 1.0',
    parameters: {
      method: 'mobileark.smspush',
      v: '1.0',
      phoneNumbers: '13812345678,+8613912345678',
      content: '您的验证码为 1001，五分钟内有效。',
    },
    deliveries: 2,
  },
];

/** The message of a call, and how many deliveries it shall make. */
export interface SentMessage {
  title: string;
  messageId: string;
  deliveries: number;
}

/** Posts a call of each method, signed as a caller would. IMs of one sender are limited, so a run after another may be told 1037. */
export async function playMobileark(api: ApiClient, print: (line: string) => void): Promise<SentMessage[]> {
  const sent: SentMessage[] = [];
  for (const { title, parameters, deliveries } of CALLS) {
    const { text, headers } = await api.postForm('/thirdpartaccess', sign(parameters));
    print(`  ${title.padEnd(34)}${text}`);
    const messageId = headers.get('x-message-id');
    if (messageId !== null) sent.push({ title, messageId, deliveries });
  }
  return sent;
}

function sign(given: Record<string, string>): URLSearchParams {
  const parameters: Record<string, string> = { appKey: MOBILEARK.appKey, format: 'json', locale: 'zh_CN', ...given };
  const base = Object.keys(parameters)
    .sort()
    .map((name) => `${name}${parameters[name]}`)
    .join('');
  const signature = createHash('sha1').update(`${MOBILEARK.secret}${base}${MOBILEARK.secret}`).digest('hex');
  return new URLSearchParams({ ...parameters, sign: signature.toUpperCase() });
}
