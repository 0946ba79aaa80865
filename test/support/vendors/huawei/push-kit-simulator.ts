import { createHmac, randomUUID } from 'node:crypto';
import { HttpSimulator, json, type SeenRequest, type SimulatorReply } from '../http-simulator.js';
import { isJson } from './message-checks.js';

export type Problem = [code: string, msg: string, status?: number];

const RECEIPTS_IN_ONE_POST = 100;
const LARGEST_BODY = 4096;
const MOST_TOKENS = 1000;

export const refuse = (code: string, msg: string, status = 400): SimulatorReply =>
  json({ code, msg, requestId: '176000000000000000000000' }, status);

/** What Huawei's services for Android and for HarmonyOS share. Tokens that it did not make, and those with `gone`, are illegal. */
export abstract class PushKitSimulator extends HttpSimulator {
  protected abstract readonly tokenPrefix: string;
  /** How an answer names illegal tokens. */
  protected abstract nameIllegal(tokens: string[]): Record<string, unknown>;

  protected readonly callbackSettings = {
    callbackUser: 'tidings',
    callbackKey: Buffer.from('a callback key of thirty-two bytes').toString('base64'),
  };
  private answers = 0;

  address(number: number, gone = false): string {
    const words = Buffer.from(`${this.vendor} device ${number}`).toString('base64');
    return `${this.tokenPrefix}${gone ? 'gone' : 'AAAA'}${words}`;
  }

  protected isSend({ path }: SeenRequest): boolean {
    return path.endsWith('/messages:send');
  }

  protected throttled(): SimulatorReply {
    return { status: 503, headers: { 'retry-after': '3' } };
  }

  /** What is wrong with a request as such: `bare` is its body without the tokens. */
  protected problemOf(request: SeenRequest, bare: unknown, tokens: unknown): Problem | undefined {
    if (request.method !== 'POST' || !isJson(request.headers['content-type']))
      return ['80100003', 'Illegal payload, not JSON'];
    if (Buffer.byteLength(JSON.stringify(bare)) > LARGEST_BODY) return ['80300008', 'Push message size is too long.'];
    if (!Array.isArray(tokens) || tokens.length === 0 || tokens.length > MOST_TOKENS)
      return ['80300010', `token count should within 1 and ${MOST_TOKENS}`];
    return undefined;
  }

  /** Takes a push to these tokens, and tells of its arrival by `receiptOf`; `dry`: only says whether it would. */
  protected push(
    tokens: string[],
    receiptOf: (token: string, requestId: string) => unknown,
    dry = false,
  ): SimulatorReply {
    const isGood = (token: string): boolean => token.startsWith(this.tokenPrefix) && !token.includes('gone');
    const good = tokens.filter(isGood);
    const illegal = tokens.filter((token) => !isGood(token));
    const requestId = `1760000000000000${(++this.answers).toString().padStart(8, '0')}`;
    if (good.length === 0) return json({ code: '80300007', msg: this.messageOf(0, illegal), requestId });
    if (!dry) {
      this.pushes += good.length;
      this.postReceipts(good.map((token) => receiptOf(token, requestId)));
    }
    return illegal.length === 0
      ? json({ code: '80000000', msg: 'Success', requestId })
      : json({ code: '80100000', msg: this.messageOf(good.length, illegal), requestId });
  }

  private messageOf(success: number, illegal: string[]): string {
    return JSON.stringify({ success, failure: illegal.length, ...this.nameIllegal(illegal) });
  }

  private postReceipts(statuses: unknown[]): void {
    if (this.receiptUrl === undefined) return;
    for (let start = 0; start < statuses.length; start += RECEIPTS_IN_ONE_POST) {
      const body = JSON.stringify({ statuses: statuses.slice(start, start + RECEIPTS_IN_ONE_POST) });
      this.postReceipt(this.receiptUrl, body, {
        'content-type': 'application/json',
        'X-HUAWEI-CALLBACK-ID': this.callbackId(),
      });
    }
  }

  private callbackId(): string {
    const { callbackUser, callbackKey } = this.callbackSettings;
    const [timestamp, nonce] = [Date.now(), randomUUID()];
    const value = createHmac('sha256', Buffer.from(callbackKey, 'base64'))
      .update(`${timestamp}${nonce}${callbackUser}`)
      .digest('base64');
    return `timestamp=${timestamp}; nonce=${nonce}; value=${value}`;
  }
}
