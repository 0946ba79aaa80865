import { createHash } from 'node:crypto';
import { HttpSimulator, json, type SeenRequest, type SimulatorReply } from '../http-simulator.js';
import { messageProblem } from './message-problem.js';

const APP_ID = '10004';
const APP_KEY = 'vivo-simulator-key';
const APP_SECRET = 'vivo-simulator-secret';
const RECEIPT_ID = 'vivo-simulator-receipts';
const TEN_MINUTES = 600_000;
const REG_ID = /^\d{23}$/;
/** How the ids begin that it calls unknown, uninstalled, asleep and no test device. */
const UNREACHED: Readonly<Record<string, number>> = { '91': 1, '92': 2, '93': 3, '94': 4 };

type Fields = Readonly<Record<string, unknown>>;

const ok = (data: Fields): SimulatorReply => json({ result: 0, desc: '请求成功', ...data });
const error = (result: number, desc: string, data: Fields = {}): SimulatorReply => json({ result, desc, ...data });

/**
 * Refuses a wrong signature, time, token, field or length, a list of one, and a request id that it has seen. Posts receipts of single
 * pushes to the address in them, and of all to its own `receiptUrl`, as it is registered under the receipt id.
 */
export class VivoSimulator extends HttpSimulator {
  readonly vendor = 'vivo';
  /** Tokens that it gave out. */
  grants = 0;
  /** Its clock. */
  now = (): Date => new Date();
  private readonly tokens = new Set<string>();
  private readonly requestIds = new Set<string>();
  private readonly saved = new Map<string, Fields>();
  private tasks = 0;

  get settings(): Record<string, unknown> {
    return {
      appId: APP_ID,
      appKey: APP_KEY,
      appSecret: APP_SECRET,
      receiptId: RECEIPT_ID,
      baseUrl: this.url,
      allowPrivateNetwork: true,
    };
  }

  address(number: number, gone = false): string {
    return `${gone ? '91' : '15'}${number.toString().padStart(21, '0')}`;
  }

  /** From now on no token is valid that it gave out before. */
  expireTokens(): void {
    this.tokens.clear();
  }

  protected isSend({ path }: SeenRequest): boolean {
    return path.startsWith('/message/') && path !== '/message/auth';
  }

  protected throttled(): SimulatorReply {
    return error(10072, '发送速度超出限制');
  }

  protected answer({ method, path, headers, body }: SeenRequest): SimulatorReply {
    const fields = parsed(body);
    if (method !== 'POST' || fields === undefined || headers['content-type']?.startsWith('application/json') !== true)
      return { status: 400 };
    if (path === '/message/auth') return this.grant(fields);
    if (!this.tokens.has(String(headers['authtoken']))) return error(10000, '权限认证失败');
    if (String(fields['appId']) !== APP_ID) return error(10094, 'appId 与 authToken 不匹配');
    const { requestId } = fields;
    if (typeof requestId !== 'string' || requestId === '' || requestId.length > 64) return error(10069, 'requestId');
    if (this.requestIds.has(requestId)) return error(10303, 'requestId 已存在');
    this.requestIds.add(requestId);
    if (path === '/message/send') return this.send(fields);
    if (path === '/message/saveListPayload') return this.save(fields);
    return path === '/message/pushToList' ? this.pushToList(fields) : { status: 404 };
  }

  private grant({ appId, appKey, timestamp, sign }: Fields): SimulatorReply {
    if (appId !== APP_ID || appKey !== APP_KEY) return error(10200, 'appId 或 appKey 不合法');
    if (Math.abs(this.now().getTime() - Number(timestamp)) > TEN_MINUTES) return error(10200, 'timestamp 不合法');
    const expected = createHash('md5')
      .update(APP_ID)
      .update(APP_KEY)
      .update(`${timestamp as number}`)
      .update(APP_SECRET);
    if (sign !== expected.digest('hex')) return error(10200, 'sign 不合法');
    const authToken = `token-${++this.grants}`;
    this.tokens.add(authToken);
    return ok({ authToken });
  }

  private send({ regId, ...message }: Fields): SimulatorReply {
    const problem = messageProblem(message, 60);
    if (problem !== undefined) return error(...problem);
    const invalidUser = unreached(regId)[0];
    if (invalidUser !== undefined) return error(10302, 'regId 不合法', { invalidUser });
    return this.pushed([String(regId)], message, `task-${++this.tasks}`, {});
  }

  private save(message: Fields): SimulatorReply {
    const problem = messageProblem(message, 900);
    if (problem !== undefined) return error(...problem);
    const taskId = `task-${++this.tasks}`;
    this.saved.set(taskId, message);
    return ok({ taskId });
  }

  private pushToList({ taskId, regIds, pushMode }: Fields): SimulatorReply {
    const message = this.saved.get(String(taskId));
    if (message === undefined) return error(10352, 'taskId 不合法');
    if (!Array.isArray(regIds) || regIds.length < 2 || regIds.length > 1000) return error(10353, 'regIds 数量不合法');
    if (pushMode !== message['pushMode']) return error(10056, 'pushMode');
    const invalidUsers = unreached(...(regIds as unknown[]));
    const ids = new Set(invalidUsers.map(({ userid }) => userid));
    const reached = (regIds as string[]).filter((id) => !ids.has(id));
    const { callback: _singleOnly, ...extra } = (message['extra'] ?? {}) as Fields;
    return this.pushed(reached, { ...message, extra }, String(taskId), { invalidUsers }, false);
  }

  private pushed(ids: string[], message: Fields, taskId: string, more: Fields, single = true): SimulatorReply {
    this.pushes += ids.length;
    const extra = (message['extra'] ?? {}) as Record<string, string>;
    const url = extra['callback.id'] === RECEIPT_ID ? this.receiptUrl : extra['callback'];
    if (url !== undefined && ids.length > 0 && message['pushMode'] !== 1) {
      const entry = {
        param: extra['callback.param'],
        targets: ids.join(','),
        ackTime: String(Date.now()),
        ackType: '0',
      };
      this.postReceipt(url, JSON.stringify({ [taskId]: entry }), { 'content-type': 'application/json' });
    }
    return ok({ ...(single ? { taskId } : {}), ...more });
  }
}

function unreached(...regIds: unknown[]): { userid: string; status: number }[] {
  return regIds
    .map((id) => ({
      userid: String(id),
      status: REG_ID.test(String(id)) ? (UNREACHED[String(id).slice(0, 2)] ?? 0) : 1,
    }))
    .filter(({ status }) => status !== 0);
}

function parsed(text: string): Fields | undefined {
  try {
    return JSON.parse(text) as Fields;
  } catch {
    return undefined;
  }
}
