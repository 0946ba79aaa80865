import { randomUUID } from 'node:crypto';
import { HttpSimulator, json, type SeenRequest, type SimulatorReply } from '../http-simulator.js';
import { headerOf, type KnownKey, type Refusal, tc3Problem } from './tc3-check.js';

const KEY: KnownKey = { id: 'AKIDSimulator', secret: 'tencent-simulator-secret' };
const APP = '1400006666';
const SIGNS = new Set(['华东医院', '体检中心']);
/** Approved templates and how many variables they have. */
const TEMPLATES = new Map([
  ['1001', 1],
  ['1002', 2],
  ['1003', 0],
]);
const MOST_NUMBERS = 200;
const LONGEST_CONTEXT = 511;

interface Sending {
  PhoneNumberSet?: unknown;
  SmsSdkAppId?: unknown;
  TemplateId?: unknown;
  SignName?: unknown;
  TemplateParamSet?: unknown;
  SessionContext?: string;
}

/**
 * Refuses what the real service refuses: keys, clocks and signatures that are wrong, missing fields, unknown applications, signatures
 * and templates, too many numbers, and numbers of the mainland together with others. Numbers that begin with 199 cannot be any. Reports
 * what it accepted to `receiptUrl`.
 */
export class TencentSmsSimulator extends HttpSimulator {
  readonly vendor = 'tencent-sms';
  /** The name under which a proxy passes requests on to it; absent: the one in the request. */
  host?: string;
  /** Numbers, as E.164, that it does not send to, and why. */
  readonly refusals = new Map<string, Refusal>();
  key = KEY;
  private serials = 0;

  get settings(): Record<string, unknown> {
    return {
      secretId: this.key.id,
      secretKey: this.key.secret,
      ...(this.key.token === undefined ? {} : { token: this.key.token }),
      sdkAppId: APP,
      signName: '华东医院',
      textTemplate: { id: '1001', param: '1' },
      baseUrl: this.url,
      allowPrivateNetwork: true,
    };
  }

  address(number: number, gone = false): string {
    return `+86${gone ? '199' : '138'}${String(number).padStart(8, '0')}`;
  }

  protected isSend(request: SeenRequest): boolean {
    return headerOf(request, 'x-tc-action') === 'SendSms';
  }

  protected throttled(): SimulatorReply {
    return error('RequestLimitExceeded', 'Your current request times exceed the limit.');
  }

  protected answer(request: SeenRequest): SimulatorReply {
    if (request.path !== '/' || request.method !== 'POST') return { status: 404 };
    const problem = tc3Problem(request, this.key, this.host) ?? commonProblem(request);
    if (problem !== undefined) return error(...problem);
    const body = JSON.parse(request.body) as Sending;
    if (this.isSend(request)) return this.sendSms(body);
    if (headerOf(request, 'x-tc-action') !== 'SmsPackagesStatistics')
      return error('InvalidAction', 'The action does not exist.');
    return body.SmsSdkAppId === APP
      ? response({ SmsPackagesStatisticsSet: [] })
      : error('UnauthorizedOperation.SmsSdkAppIdVerifyFail', 'The SdkAppId does not belong to the keys.');
  }

  private sendSms(body: Sending): SimulatorReply {
    const problem = problemOf(body);
    if (problem !== undefined) return error(...problem);
    const statuses = (body.PhoneNumberSet as string[]).map((number) => this.statusOf(number, body));
    this.report(statuses.filter(({ Code }) => Code === 'Ok'));
    return response({ SendStatusSet: statuses });
  }

  private statusOf(number: string, body: Sending): Record<string, string | number> {
    const mainland = number.startsWith('+86');
    const refusal = this.refusals.get(number) ?? contentProblem(body, mainland) ?? numberProblem(number);
    const [Code, Message] = refusal ?? ['Ok', 'send success'];
    if (refusal === undefined) this.pushes++;
    return {
      SerialNo: refusal === undefined ? `5000:${String(++this.serials).padStart(12, '0')}` : '',
      PhoneNumber: number,
      Fee: refusal === undefined ? 1 : 0,
      SessionContext: body.SessionContext ?? '',
      Code,
      Message,
      IsoCode: mainland ? 'CN' : '',
    };
  }

  private report(statuses: readonly Record<string, string | number>[]): void {
    if (this.receiptUrl === undefined || statuses.length === 0) return;
    const time = new Date(Date.now() + 8 * 3_600_000).toISOString().replace('T', ' ').slice(0, 19);
    const entries = statuses.map(({ SerialNo, PhoneNumber }) => ({
      user_receive_time: time,
      nationcode: '86',
      mobile: String(PhoneNumber).slice(3),
      report_status: 'SUCCESS',
      errmsg: 'DELIVRD',
      description: '用户短信送达成功',
      sid: SerialNo,
    }));
    this.postReceipt(this.receiptUrl, JSON.stringify(entries), { 'content-type': 'application/json' });
  }
}

const response = (fields: Record<string, unknown>): SimulatorReply =>
  json({ Response: { ...fields, RequestId: randomUUID() } });

const error = (code: string, message: string): SimulatorReply => response({ Error: { Code: code, Message: message } });

function commonProblem(request: SeenRequest): Refusal | undefined {
  if (headerOf(request, 'x-tc-version') !== '2021-01-11') return ['NoSuchVersion', 'The version does not exist.'];
  if (!/^ap-[a-z]+$/.test(headerOf(request, 'x-tc-region'))) return ['MissingParameter', 'Region is missing.'];
  return headerOf(request, 'content-type') === 'application/json' ? undefined : ['InvalidRequest', 'Not JSON.'];
}

/** What a call is refused for as a whole. */
function problemOf(body: Sending): Refusal | undefined {
  const { PhoneNumberSet: numbers, SmsSdkAppId: app, TemplateId: template, SessionContext: context = '' } = body;
  if (!Array.isArray(numbers) || numbers.length === 0)
    return ['MissingParameter.EmptyPhoneNumberSet', 'There are no numbers.'];
  if (typeof app !== 'string' || typeof template !== 'string') return ['MissingParameter', 'A parameter is missing.'];
  if (app !== APP) return ['UnauthorizedOperation.SmsSdkAppIdVerifyFail', 'The SdkAppId does not belong to the keys.'];
  if (numbers.length > MOST_NUMBERS) return ['LimitExceeded.PhoneNumberCountLimit', 'More than 200 numbers.'];
  const mainland = numbers.filter((number) => String(number).startsWith('+86')).length;
  if (mainland !== 0 && mainland !== numbers.length)
    return ['UnsupportedOperation.ContainDomesticAndInternationalPhoneNumber', 'Numbers of the mainland and others.'];
  return Buffer.byteLength(context) > LONGEST_CONTEXT
    ? ['InvalidParameterValue', 'SessionContext is too long.']
    : undefined;
}

/** What each number of a call is refused for. */
function contentProblem(body: Sending, mainland: boolean): Refusal | undefined {
  const { SignName: sign, TemplateId: template, TemplateParamSet: params = [] } = body;
  if ((mainland || sign !== undefined) && !SIGNS.has(String(sign)))
    return ['FailedOperation.SignatureIncorrectOrUnapproved', 'The signature is incorrect or unapproved.'];
  const variables = TEMPLATES.get(String(template));
  if (variables === undefined)
    return ['FailedOperation.TemplateIncorrectOrUnapproved', 'The template is incorrect or unapproved.'];
  const fits = Array.isArray(params) && params.length === variables && params.every((one) => typeof one === 'string');
  return fits
    ? undefined
    : ['FailedOperation.TemplateParamSetNotMatchApprovedTemplate', 'The params do not match the template.'];
}

function numberProblem(number: string): Refusal | undefined {
  const possible = number.startsWith('+86') ? /^\+86(?!199)1[3-9]\d{9}$/ : /^\+[1-9]\d{6,14}$/;
  return possible.test(number) ? undefined : ['InvalidParameterValue.IncorrectPhoneNumber', 'incorrect phone number'];
}
