import { createHmac } from 'node:crypto';
import { HttpSimulator, json, type SeenRequest, type SimulatorReply } from '../http-simulator.js';

const TOKEN = 'json-gateway-token';
const KEY = 'json-gateway-key';
const MOST_NUMBERS = 100;
const STALE_SECONDS = 300;

interface Message {
  to?: unknown;
  ref?: unknown;
}

interface Body {
  time?: unknown;
  messages?: Message[];
  text?: unknown;
  template?: { id?: unknown; values?: unknown };
  callback?: unknown;
}

/**
 * A gateway as there are many elsewhere: JSON under a bearer token and an hmac in a header, a result for each number, receipts in JSON to
 * the address in the request. Numbers that begin +861384040 are none, those that begin +861384041 want no messages.
 */
export class JsonGateway extends HttpSimulator {
  readonly vendor = 'http-sms';
  private messages = 0;

  get settings(): Record<string, unknown> {
    return {
      url: `${this.url}/v2/{account}/messages`,
      encoding: 'json',
      headers: { 'X-Nonce': '{nonce}', 'X-Signature': '{signature}' },
      fields: {
        time: { $number: '{timestamp}' },
        messages: { $each: { to: '{phone}', ref: '{reference}' } },
        text: '{signedText}',
        template: { id: '{templateId}', values: '{paramValues}' },
        callback: '{receiptUrl}',
      },
      auth: 'bearer',
      account: 'clinic',
      password: TOKEN,
      secrets: { key: KEY },
      signature: { algorithm: 'hmac-sha256', of: '{timestamp}{nonce}', key: '{secret.key}', encoding: 'base64' },
      batchSize: MOST_NUMBERS,
      phoneStyle: 'e164',
      answer: {
        codePath: 'status.code',
        success: ['OK'],
        messagePath: 'status.message',
        results: {
          path: 'results',
          phonePath: 'to',
          codePath: 'code',
          success: ['0'],
          idPath: 'id',
          messagePath: 'why',
        },
      },
      codes: {
        UNAUTHORIZED: 'credentials',
        BUSY: 'throttled',
        SPENT: 'quota',
        BAD_REQUEST: 'rejected',
        AGAIN: 'retry',
        PERHAPS: 'unknown',
        'N-GONE': 'address-gone',
        'N-*': 'unreachable',
      },
      receipts: {
        listPath: 'reports',
        subject: 'reference',
        subjectPath: 'ref',
        statusPath: 'state.name',
        delivered: ['DELIVERED'],
        gone: ['ABSENT'],
        pending: ['SENT'],
        timePath: 'state.at',
        timeFormat: 'unix-ms',
        answer: '{"ok":true}',
        contentType: 'application/json',
      },
      allowPrivateNetwork: true,
    };
  }

  address(number: number, gone = false): string {
    return `138${gone ? '4040' : '0000'}${String(number).padStart(4, '0')}`;
  }

  protected isSend({ path }: SeenRequest): boolean {
    return path.endsWith('/messages');
  }

  protected throttled(): SimulatorReply {
    return refusal('BUSY', 429, { 'retry-after': '3' });
  }

  protected answer(request: SeenRequest): SimulatorReply {
    const { method, path, headers } = request;
    if (path === '/') return { status: 404, body: 'nothing here' };
    if (headers.authorization !== `Bearer ${TOKEN}`) return refusal('UNAUTHORIZED', 401);
    if (method !== 'POST' || path !== '/v2/clinic/messages') return refusal('BAD_REQUEST', 404);
    if (!headers['content-type']?.startsWith('application/json')) return refusal('BAD_REQUEST', 415);
    const body = JSON.parse(request.body) as Body;
    const nonce = String(headers['x-nonce']);
    const signature = createHmac('sha256', KEY)
      .update(`${String(body.time)}${nonce}`)
      .digest('base64');
    const isFresh = typeof body.time === 'number' && Math.abs(Date.now() / 1000 - body.time) < STALE_SECONDS;
    if (headers['x-signature'] !== signature || !isFresh) return refusal('UNAUTHORIZED', 401);
    return this.take(body);
  }

  private take({ messages = [], text, template, callback }: Body): SimulatorReply {
    const hasWords = typeof text === 'string' || (typeof template?.id === 'string' && Array.isArray(template.values));
    if (messages.length < 1 || messages.length > MOST_NUMBERS || !hasWords) return refusal('BAD_REQUEST', 400);
    const results = messages.map(({ to, ref }) => ({ to, ...this.result(to, ref) }));
    const taken = messages.filter((_, index) => results[index]?.code === '0');
    this.pushes += taken.length;
    if (typeof callback === 'string' && taken.length > 0) {
      const reports = ['SENT', 'DELIVERED'].flatMap((name) =>
        taken.map((message) => ({ ...message, state: { name, at: Date.now() } })),
      );
      this.postReceipt(callback, JSON.stringify({ reports }), { 'content-type': 'application/json' });
    }
    // As many do, it answers in an order of its own.
    return json({ status: { code: 'OK', message: '' }, results: results.toReversed() });
  }

  private result(to: unknown, ref: unknown): { code: string; id?: string; why?: string } {
    if (typeof to !== 'string' || !/^\+861[3-9]\d{9}$/.test(to) || typeof ref !== 'string')
      return { code: 'N-WRONG', why: 'not a number' };
    if (to.startsWith('+861384040')) return { code: 'N-GONE', why: 'unknown number' };
    return to.startsWith('+861384041')
      ? { code: 'N-STOP', why: 'wants none' }
      : { code: '0', id: `m-${++this.messages}` };
  }
}

const refusal = (code: string, status: number, headers: Record<string, string> = {}): SimulatorReply => {
  const reply = json({ status: { code, message: 'no' } }, status);
  return { ...reply, headers: { ...reply.headers, ...headers } };
};
