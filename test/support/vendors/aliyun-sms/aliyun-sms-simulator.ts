import { randomUUID } from 'node:crypto';
import { HttpSimulator, json, type SeenRequest, type SimulatorReply } from '../http-simulator.js';
import { acs3Problem, headerOf, type KnownKey } from './acs3-check.js';

const KEY: KnownKey = { id: 'LTAI5tSimulator', secret: 'aliyun-simulator-secret' };
const VERSION = '2017-05-25';
const SIGNS = new Map([
  ['华东医院', 'AUDIT_STATE_PASS'],
  ['体检中心', 'AUDIT_STATE_PASS'],
  ['新签名', 'AUDIT_STATE_INIT'],
]);
/** Approved templates and their variables. */
const TEMPLATES = new Map([
  ['SMS_TEXT', ['text']],
  ['SMS_VISIT', ['name', 'time']],
  ['SMS_PLAIN', []],
]);
const LONGEST_PARAM = 35;
const MOST_NONCES = 10_000;
const SENDS = new Set(['SendSms', 'SendBatchSms']);

/** One number of a call, and what it is sent. */
interface Sms {
  phone: string;
  sign: string;
  params: string;
}

type Problem = [code: string, message: string];

/**
 * Refuses what the real service refuses: keys, clocks, nonces and signatures that are wrong, unknown signatures and templates, missing
 * params, too many numbers. Numbers that begin with 199 cannot be any. Reports what it accepted to `receiptUrl`.
 */
export class AliyunSmsSimulator extends HttpSimulator {
  readonly vendor = 'aliyun-sms';
  /** The name under which a proxy passes requests on to it; absent: the one in the request. */
  host?: string;
  /** Numbers that have got too much, with the limit's words. */
  readonly limited = new Map<string, string>();
  key = KEY;
  private readonly nonces = new Set<string>();
  private calls = 0;

  get settings(): Record<string, unknown> {
    return {
      accessKeyId: this.key.id,
      accessKeySecret: this.key.secret,
      ...(this.key.token === undefined ? {} : { securityToken: this.key.token }),
      signName: '华东医院',
      textTemplate: { id: 'SMS_TEXT', param: 'text' },
      baseUrl: this.url,
      allowPrivateNetwork: true,
    };
  }

  address(number: number, gone = false): string {
    return `${gone ? '199' : '138'}${String(number).padStart(8, '0')}`;
  }

  protected isSend(request: SeenRequest): boolean {
    return SENDS.has(headerOf(request, 'x-acs-action'));
  }

  protected throttled(): SimulatorReply {
    return refused(400, 'Throttling.User', 'Request was denied due to user flow control.');
  }

  protected answer(request: SeenRequest): SimulatorReply {
    if (request.path !== '/' || request.method !== 'POST')
      return refused(404, 'InvalidAction.NotFound', 'No such path.');
    const problem = acs3Problem(request, this.key, this.host);
    if (problem !== undefined) return refused(problem.status, problem.code, problem.message);
    if (this.isUsed(headerOf(request, 'x-acs-signature-nonce')))
      return refused(400, 'SignatureNonceUsed', 'Specified signature nonce was used already.');
    if (headerOf(request, 'x-acs-version') !== VERSION)
      return refused(400, 'InvalidVersion', 'Specified parameter Version is not valid.');
    const params = new Map([...request.query, ...formOf(request)]);
    switch (headerOf(request, 'x-acs-action')) {
      case 'SendSms':
        return this.sendSms(params);
      case 'SendBatchSms':
        return this.sendBatchSms(params);
      case 'QuerySmsSignList':
        return ok({ SmsSignList: [...SIGNS].map(([SignName, AuditStatus]) => ({ SignName, AuditStatus })) });
      default:
        return refused(404, 'InvalidAction.NotFound', 'Specified api is not found.');
    }
  }

  private isUsed(nonce: string): boolean {
    if (this.nonces.has(nonce)) return true;
    if (this.nonces.size >= MOST_NONCES) this.nonces.clear();
    this.nonces.add(nonce);
    return false;
  }

  private sendSms(params: ReadonlyMap<string, string>): SimulatorReply {
    const missing = ['PhoneNumbers', 'SignName', 'TemplateCode'].find((name) => !params.get(name));
    if (missing !== undefined) return refused(400, `Missing${missing}`, `${missing} is mandatory for this action.`);
    const phones = (params.get('PhoneNumbers') ?? '').split(',');
    const shared = { sign: params.get('SignName') ?? '', params: params.get('TemplateParam') ?? '{}' };
    return this.deliver(
      phones.map((phone) => ({ phone, ...shared })),
      params,
      1000,
    );
  }

  private sendBatchSms(params: ReadonlyMap<string, string>): SimulatorReply {
    const names = ['PhoneNumberJson', 'SignNameJson', 'TemplateParamJson'];
    const missing = [...names, 'TemplateCode'].find((name) => !params.get(name));
    if (missing !== undefined) return refused(400, `Missing${missing}`, `${missing} is mandatory for this action.`);
    const [phones = [], signs = [], texts = []] = names.map((name) => JSON.parse(params.get(name) ?? '') as unknown[]);
    if (phones.length !== signs.length || phones.length !== texts.length)
      return said('isv.INVALID_PARAMETERS', 'The arrays differ in length.');
    const sms = phones.map((phone, index) => ({
      phone: String(phone),
      sign: String(signs[index]),
      params: JSON.stringify(texts[index]),
    }));
    return this.deliver(sms, params, 100);
  }

  private deliver(all: readonly Sms[], params: ReadonlyMap<string, string>, most: number): SimulatorReply {
    if (all.length > most) return said('isv.MOBILE_COUNT_OVER_LIMIT', `More than ${most} numbers.`);
    const variables = TEMPLATES.get(params.get('TemplateCode') ?? '');
    if (variables === undefined) return said('isv.SMS_TEMPLATE_ILLEGAL', '模板不合法(不存在或被拉黑)');
    for (const sms of all) {
      const problem = this.problemOf(sms, variables);
      if (problem !== undefined) return said(...problem);
    }
    this.pushes += all.length;
    const bizId = `${String(++this.calls).padStart(18, '9')}^0`;
    this.report(all, bizId, params.get('OutId'));
    return ok({ BizId: bizId });
  }

  private problemOf({ phone, sign, params }: Sms, variables: readonly string[]): Problem | undefined {
    if (SIGNS.get(sign) !== 'AUDIT_STATE_PASS') return ['isv.SMS_SIGNATURE_ILLEGAL', '签名不合法(不存在或被拉黑)'];
    if (!/^(?:(?:\+86|0086|86)?1[3-9]\d{9}|(?:00)?[2-9]\d{6,13}|001\d{10})$/.test(phone) || phone.startsWith('199'))
      return ['isv.MOBILE_NUMBER_ILLEGAL', `${phone}invalid mobile number`];
    const values = objectOf(params);
    if (values === undefined) return ['isv.INVALID_JSON_PARAM', '参数格式错误，请修改为字符串值'];
    const missing = variables.find((name) => values[name] === undefined);
    if (missing !== undefined) return ['isv.TEMPLATE_MISSING_PARAMETERS', `模板变量缺少对应参数值: ${missing}`];
    if (Object.values(values).some((value) => String(value).length > LONGEST_PARAM))
      return ['isv.PARAM_LENGTH_LIMIT', '参数超过长度限制'];
    const limit = this.limited.get(phone);
    return limit === undefined ? undefined : ['isv.BUSINESS_LIMIT_CONTROL', limit];
  }

  private report(all: readonly Sms[], bizId: string, outId: string | undefined): void {
    if (this.receiptUrl === undefined) return;
    const time = new Date(Date.now() + 8 * 3_600_000).toISOString().replace('T', ' ').slice(0, 19);
    const entries = all.map(({ phone }) => ({
      phone_number: phone,
      send_time: time,
      report_time: time,
      success: true,
      err_code: 'DELIVERED',
      err_msg: '用户接收成功',
      sms_size: '1',
      biz_id: bizId,
      ...(outId === undefined ? {} : { out_id: outId }),
    }));
    this.postReceipt(this.receiptUrl, JSON.stringify(entries), { 'content-type': 'application/json;charset=UTF-8' });
  }
}

const ok = (fields: Record<string, unknown>): SimulatorReply =>
  json({ Code: 'OK', Message: 'OK', RequestId: randomUUID(), ...fields });

/** How the service itself refuses: under status 200. */
const said = (code: string, message: string): SimulatorReply =>
  json({ Code: code, Message: message, RequestId: randomUUID() });

/** How the gateway refuses. */
const refused = (status: number, code: string, message: string): SimulatorReply =>
  json(
    { Code: code, Message: message, RequestId: randomUUID(), HostId: 'dysmsapi.aliyuncs.com', Recommend: '' },
    status,
  );

function formOf({ headers, body }: SeenRequest): URLSearchParams {
  const isForm = (headers['content-type'] ?? '').startsWith('application/x-www-form-urlencoded');
  return new URLSearchParams(isForm ? body : '');
}

function objectOf(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}
