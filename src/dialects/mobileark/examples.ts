import { IM_PUSH, SMS_PUSH, SYSTEM_PUSH } from './method-table.js';
import { Parameters } from './parameters.js';
import { signatureBase, signatureOf } from './signature.js';

/** The application and secret by which the examples are signed: with such a credential they work as they stand. */
export const EXAMPLE_APP_KEY = '00001';
export const EXAMPLE_SECRET = 'asd';

/** The parameters of a request, by name. */
export type Form = Readonly<Record<string, string>>;

const SYSTEM = { appKey: EXAMPLE_APP_KEY, format: 'json', locale: 'zh_CN' };

const UNSIGNED = {
  impush: {
    ...SYSTEM,
    method: IM_PUSH,
    v: '1.0',
    ecid: 'default',
    imSender: 'im_zhangsan',
    imSenderName: '张三',
    imReceiver: 'im_lisi,im_wangwu',
    content: '下午三点开会，请准时参加。',
  },
  syspush: {
    ...SYSTEM,
    method: SYSTEM_PUSH,
    v: '1.3',
    ecid: 'default',
    type: '1',
    loginIds: 'zhangsan,lisi',
    depUuids: 'dep001',
    title: '系统通知',
    content: '系统将于今晚十点升级。',
  },
  subscription: {
    ...SYSTEM,
    method: SYSTEM_PUSH,
    v: '1.3',
    ecid: 'default',
    type: '16',
    title: '本周要闻',
    content: '点击查看本周要闻。',
    param: '{"key1":"val1","key2":"val2"}',
  },
  smspush: {
    ...SYSTEM,
    method: SMS_PUSH,
    v: '1.0',
    phoneNumbers: '13812345678,+8613912345678',
    content: '您的验证码为 1001，五分钟内有效。',
  },
} as const satisfies Record<string, Form>;

/** A working request for each method, signed. */
export const MOBILEARK_EXAMPLES: Readonly<Record<keyof typeof UNSIGNED, Form>> = {
  impush: signed(UNSIGNED.impush),
  syspush: signed(UNSIGNED.syspush),
  subscription: signed(UNSIGNED.subscription),
  smspush: signed(UNSIGNED.smspush),
};

function signed(form: Form): Form {
  const parameters = new Parameters();
  for (const [name, value] of Object.entries(form)) parameters.add(name, value);
  return { ...form, sign: signatureOf(signatureBase(parameters), EXAMPLE_SECRET) };
}
