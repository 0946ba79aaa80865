import { createHash } from 'node:crypto';
import { HttpSimulator, json, type SeenRequest, type SimulatorReply } from '../http-simulator.js';
import { noticeProblem, silentProblem } from './message-problem.js';

const APP_ID = '1000000';
const APP_SECRET = 'meizu-simulator-secret';
const FORM = /^application\/x-www-form-urlencoded/;
const PATH = '/garcia/api/server/push';
const MOST_PUSH_IDS = 100;
/** How the ids begin that it lists under a code. */
const LISTED: Readonly<Record<string, string>> = {
  S201: '201',
  S501: '501',
  S518: '518',
  S520: '520',
  GONE: '110002',
  BAD_: '110003',
  OFF_: '110010',
  FULL: '110011',
};

type Fields = Readonly<Record<string, unknown>>;

const ok = (value: unknown, more: Fields = {}): SimulatorReply =>
  json({ code: '200', message: '', value, redirect: '', ...more });
const error = (code: number, message: string): SimulatorReply =>
  json({ code: String(code), message, value: '', redirect: '' });

/**
 * Refuses a wrong signature, field, length or number of ids, and a receipt address that is not registered. Posts receipts of shown
 * pushes to their receipt address; `receiptUrl` is the one that is registered, without it any is.
 */
export class MeizuSimulator extends HttpSimulator {
  readonly vendor = 'meizu';
  private messages = 0;

  get settings(): Record<string, unknown> {
    return { appId: APP_ID, appSecret: APP_SECRET, receipts: true, baseUrl: this.url, allowPrivateNetwork: true };
  }

  address(number: number, gone = false): string {
    return `${gone ? 'GONE' : 'RA50'}${number.toString(16).padStart(41, '0')}`;
  }

  protected isSend({ path }: SeenRequest): boolean {
    return path.endsWith('/pushByPushId');
  }

  protected throttled(): SimulatorReply {
    return error(110010, '应用请求频率超过限制');
  }

  protected answer({ method, path, query, headers, body }: SeenRequest): SimulatorReply {
    if (path === `${PATH}/statistics/dailyPushStatics`) {
      if (method !== 'GET') return { status: 405 };
      const dates = [query.get('startTime') ?? '', query.get('endTime') ?? ''];
      return (
        refusal(query) ?? (dates.every((date) => /^\d{8}$/.test(date)) ? ok([{ pushedNo: 1 }]) : error(1005, 'date'))
      );
    }
    const way = /^\/garcia\/api\/server\/push\/(varnished|unvarnished)\/pushByPushId$/.exec(path)?.[1];
    if (way === undefined || method !== 'POST') return { status: 404 };
    if (!FORM.test(headers['content-type'] ?? '')) return error(1005, 'content-type');
    const form = new URLSearchParams(body);
    return refusal(form) ?? this.push(form, way === 'varnished');
  }

  private push(form: URLSearchParams, shown: boolean): SimulatorReply {
    const pushIds = (form.get('pushIds') ?? '').split(',').filter((id) => id !== '');
    if (pushIds.length === 0 || pushIds.length > MOST_PUSH_IDS) return error(1005, 'pushIds');
    const message = JSON.parse(form.get('messageJson') ?? '{}') as Fields;
    const problem = shown ? noticeProblem(message) : silentProblem(message);
    if (problem !== undefined) return error(1005, problem);
    const extra = (message['extra'] ?? {}) as Record<string, string>;
    const url = extra['callback'];
    if (url !== undefined && this.receiptUrl !== undefined && url !== this.receiptUrl) return error(1005, 'callback');
    const listed: Record<string, string[]> = {};
    for (const id of pushIds) {
      const code = LISTED[id.slice(0, 4)];
      if (code !== undefined) (listed[code] ??= []).push(id);
    }
    const reached = pushIds.filter((id) => LISTED[id.slice(0, 4)] === undefined);
    const msgId = `NS${(++this.messages).toString().padStart(30, '0')}`;
    this.pushes += reached.length;
    if (url !== undefined && reached.length > 0) this.receipt(url, msgId, extra['callback.param'], reached);
    return ok(Object.keys(listed).length === 0 ? '' : listed, { msgId });
  }

  private receipt(url: string, msgId: string, param: string | undefined, targets: string[]): void {
    const cb = JSON.stringify({ [`${msgId}-1`]: { param, type: 1, targets } });
    const body = new URLSearchParams({ access_token: 'simulated', cb }).toString();
    this.postReceipt(url, body, { 'content-type': 'application/x-www-form-urlencoded' });
  }
}

/** The signature is over the raw values of all parameters but itself, in the order of their names. */
function refusal(form: URLSearchParams): SimulatorReply | undefined {
  if (form.get('appId') !== APP_ID) return error(110000, 'appId不合法');
  const names = [...form.keys()].filter((name) => name !== 'sign').sort();
  const hash = createHash('md5');
  for (const name of names) hash.update(`${name}=${form.get(name)}`);
  return form.get('sign') === hash.update(APP_SECRET).digest('hex') ? undefined : error(1006, '签名认证失败');
}
