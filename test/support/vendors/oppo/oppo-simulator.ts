import { createHash } from 'node:crypto';
import { HttpSimulator, json, type SeenRequest, type SimulatorReply } from '../http-simulator.js';
import { notificationProblem } from './notification-problem.js';

const APP_KEY = 'oppo-simulator-key';
const MASTER_SECRET = 'oppo-simulator-master-secret';
const FORM = /^application\/x-www-form-urlencoded/;
const PATH = '/server/v1/message/notification';
const MOST_MESSAGES = 1000;
const LARGEST_FORM = 2 * 1024 * 1024;
const TEN_MINUTES = 600_000;
const ok = (data: unknown): SimulatorReply => json({ code: 0, message: 'Success', data });
const error = (code: number, message: string): SimulatorReply => json({ code, message });

type Fields = Record<string, unknown>;

/**
 * Refuses a wrong signature, time, token, form, field or length; ids that contain `dead` are invalid. Sends what has the same
 * `app_message_id` to a device once. Posts receipts to the address in each message.
 */
export class OppoSimulator extends HttpSimulator {
  readonly vendor = 'oppo';
  /** The spelling of a notification's fields that it takes. */
  fieldCase: 'snake' | 'camel' = 'snake';
  /** Tokens that it gave out. */
  grants = 0;
  private readonly tokens = new Set<string>();
  private readonly known = new Set<string>();
  private messages = 0;
  private readonly paths: Readonly<Record<string, (form: URLSearchParams) => SimulatorReply>> = {
    '/server/v1/auth': (form) => this.grant(form),
    [`${PATH}/unicast`]: (form) => this.underToken(form, () => this.unicast(form)),
    [`${PATH}/unicast_batch`]: (form) => this.underToken(form, () => this.batch(form)),
  };

  get settings(): Record<string, unknown> {
    return { appKey: APP_KEY, masterSecret: MASTER_SECRET, baseUrl: this.url, allowPrivateNetwork: true };
  }

  address(number: number, gone = false): string {
    return `CN_${gone ? 'dead' : 'cafe'}${number.toString(16).padStart(28, '0')}`;
  }

  /** From now on no token is valid that it gave out before. */
  expireTokens(): void {
    this.tokens.clear();
  }

  protected isSend({ path }: SeenRequest): boolean {
    return path.startsWith(PATH);
  }

  protected throttled(): SimulatorReply {
    return error(-2, 'Service in Flow Control');
  }

  protected answer({ method, path, headers, body }: SeenRequest): SimulatorReply {
    const answer = this.paths[path];
    if (answer === undefined) return { status: 404 };
    if (method !== 'POST') return error(12, 'HTTP Action Not Allowed');
    if (!FORM.test(headers['content-type'] ?? '')) return error(40, 'Missing Required Arguments');
    return body.length > LARGEST_FORM ? { status: 413 } : answer(new URLSearchParams(body));
  }

  private underToken(form: URLSearchParams, answer: () => SimulatorReply): SimulatorReply {
    const token = form.get('auth_token');
    if (token === null) return error(29, 'Missing Auth Token');
    return this.tokens.has(token) ? answer() : error(11, 'Invalid AuthToken');
  }

  private grant(form: URLSearchParams): SimulatorReply {
    const [key, timestamp, sign] = ['app_key', 'timestamp', 'sign'].map((name) => form.get(name) ?? '');
    if (key !== APP_KEY) return error(14, 'Invalid App Key');
    if (!/^\d{13}$/.test(timestamp ?? '') || Math.abs(Date.now() - Number(timestamp)) > TEN_MINUTES)
      return error(19, 'Invalid Timestamp');
    const expected = createHash('sha256').update(APP_KEY).update(`${timestamp}`).update(MASTER_SECRET).digest('hex');
    if (sign !== expected) return error(16, 'Invalid Signature');
    const token = `token-${++this.grants}`;
    this.tokens.add(token);
    return ok({ auth_token: token, create_time: Date.now() });
  }

  private unicast(form: URLSearchParams): SimulatorReply {
    const message = parsed(form.get('message')) as Fields | undefined;
    if (message === undefined) return error(41, 'Invalid Arguments');
    const { errorCode, errorMessage, ...data } = this.push(message);
    return errorCode === undefined ? ok(data) : error(errorCode, errorMessage ?? '');
  }

  private batch(form: URLSearchParams): SimulatorReply {
    const messages = parsed(form.get('messages'));
    if (!Array.isArray(messages) || messages.length === 0 || messages.length > MOST_MESSAGES)
      return error(41, 'Invalid Arguments');
    return ok(messages.map((message: Fields) => this.push(message)));
  }

  private push(message: Fields): {
    messageId?: string;
    registrationId: string;
    errorCode?: number;
    errorMessage?: string;
  } {
    const registrationId = String(message['target_value']);
    const notification = message['notification'] as Fields;
    const problem = message['target_type'] === 2 ? notificationProblem(notification, this.fieldCase) : 'target_type';
    if (problem !== undefined) return { registrationId, errorCode: 41, errorMessage: `Invalid Arguments: ${problem}` };
    if (!/^CN_[0-9a-f]{32}$/.test(registrationId) || registrationId.includes('dead'))
      return { registrationId, errorCode: 10000, errorMessage: 'Invalid Registration_id' };
    const messageId = `simulated-1-1-${++this.messages}`;
    const appMessageId = notification[this.fieldCase === 'snake' ? 'app_message_id' : 'appMessageId'];
    const identity = `${registrationId} ${String(appMessageId)}`;
    if (!this.known.has(identity)) {
      this.known.add(identity);
      this.pushes++;
      this.receipt(notification, messageId, registrationId);
    }
    return { messageId, registrationId };
  }

  private receipt(notification: Fields, messageId: string, registrationId: string): void {
    const {
      call_back_url: url = notification['callBackUrl'],
      call_back_parameter: param = notification['callBackParameter'],
    } = notification;
    if (typeof url !== 'string') return;
    const entry = {
      messageId,
      appId: 'simulated',
      taskId: messageId,
      registrationIds: registrationId,
      eventTime: Date.now(),
      param,
      eventType: 'push_arrive',
    };
    this.postReceipt(url, JSON.stringify([entry]), { 'content-type': 'application/json' });
  }
}

function parsed(text: string | null): unknown {
  try {
    return JSON.parse(text ?? '');
  } catch {
    return undefined;
  }
}
