import { createHmac } from 'node:crypto';
import { HttpSimulator, json, type SeenRequest, type SimulatorReply } from '../http-simulator.js';

const ACCOUNT = `AC${'5'.repeat(32)}`;
const TOKEN = 'twilio-simulator-token';
const KEY = `SK${'6'.repeat(32)}`;
const KEY_SECRET = 'twilio-simulator-key-secret';
const SENDER = '+15550001111';
const SERVICE = `MG${'7'.repeat(32)}`;
const PATH = `/2010-04-01/Accounts/${ACCOUNT}/Messages.json`;
const FORM = /^application\/x-www-form-urlencoded/;

const basic = (user: string, password: string): string =>
  `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;

/**
 * Refuses wrong credentials, senders, numbers, lengths and ranges; numbers beginning +1999 are none. Posts receipts, signed, to the URL of
 * the message.
 */
export class TwilioSimulator extends HttpSimulator {
  readonly vendor = 'twilio';
  private messages = 0;

  get settings(): Record<string, unknown> {
    return { accountSid: ACCOUNT, authToken: TOKEN, from: SENDER, baseUrl: this.url, allowPrivateNetwork: true };
  }

  /** Instead of the auth token, for calls. */
  readonly apiKey = { apiKeySid: KEY, apiKeySecret: KEY_SECRET };
  /** Instead of the sender. */
  readonly messagingServiceSid = SERVICE;

  address(number: number, gone = false): string {
    return `+1${gone ? '999' : '555'}${String(number).padStart(7, '0')}`;
  }

  /** The signature of a callback: of a form with its fields, of any other body without. */
  sign(url: string, form = new URLSearchParams()): string {
    const names = [...new Set(form.keys())].sort();
    const fields = names.map((name) => [...new Set(form.getAll(name))].sort().map((value) => name + value));
    return createHmac('sha1', TOKEN)
      .update(url + fields.flat().join(''))
      .digest('base64');
  }

  protected isSend({ method, path }: SeenRequest): boolean {
    return method === 'POST' && path.endsWith('/Messages.json');
  }

  protected throttled(): SimulatorReply {
    return refusal(20429, 'Too Many Requests', 429);
  }

  protected answer(request: SeenRequest): SimulatorReply {
    const { authorization, 'content-type': type = '' } = request.headers;
    if (![basic(ACCOUNT, TOKEN), basic(KEY, KEY_SECRET)].includes(authorization ?? ''))
      return refusal(20003, 'Authenticate', 401);
    if (request.path !== PATH) return refusal(20404, `The requested resource ${request.path} was not found`, 404);
    if (request.method === 'GET') return json({ messages: [], page: 0, page_size: 1 });
    if (!FORM.test(type)) return refusal(21604, "A 'To' phone number is required.");
    return this.message(new URLSearchParams(request.body));
  }

  private message(form: URLSearchParams): SimulatorReply {
    const problem = problemOf(form);
    if (problem !== undefined) return refusal(...problem);
    this.pushes++;
    const sid = `SM${(++this.messages).toString(16).padStart(32, '0')}`;
    const [to, from] = [form.get('To') ?? '', form.get('From') ?? SENDER];
    const callback = form.get('StatusCallback');
    if (callback !== null)
      for (const status of ['sent', 'delivered']) this.receipt(callback, { sid, status, to, from });
    const service = form.get('MessagingServiceSid');
    return json(
      {
        sid,
        account_sid: ACCOUNT,
        messaging_service_sid: service,
        to,
        from: service === null ? from : null,
        body: form.get('Body'),
        status: service === null ? 'queued' : 'accepted',
        num_segments: '1',
        error_code: null,
        error_message: null,
      },
      201,
    );
  }

  private receipt(url: string, told: { sid: string; status: string; to: string; from: string }): void {
    const form = new URLSearchParams({
      SmsSid: told.sid,
      SmsStatus: told.status,
      MessageStatus: told.status,
      To: told.to,
      MessageSid: told.sid,
      AccountSid: ACCOUNT,
      From: told.from,
      ApiVersion: '2010-04-01',
    });
    this.postReceipt(url, form.toString(), {
      'content-type': 'application/x-www-form-urlencoded; charset=utf-8',
      'x-twilio-signature': this.sign(url, form),
    });
  }
}

const refusal = (code: number, message: string, status = 400): SimulatorReply =>
  json({ code, message, more_info: `https://www.twilio.com/docs/errors/${code}`, status }, status);

function problemOf(form: URLSearchParams): [code: number, message: string] | undefined {
  const [to, body, template] = [form.get('To') ?? '', form.get('Body') ?? '', form.get('ContentSid')];
  if (to === '') return [21604, "A 'To' phone number is required."];
  if (!/^\+[1-9]\d{4,14}$/.test(to) || to.startsWith('+1999')) return [21211, `Invalid 'To' Phone Number: ${to}`];
  const problem = senderProblem(form.get('From'), form.get('MessagingServiceSid'));
  if (problem !== undefined) return problem;
  if (template === null && body === '') return [21602, 'Message body is required.'];
  if (body.length > 1600) return [21617, 'The concatenated message body exceeds the 1600 character limit'];
  if (template !== null && !/^HX[0-9a-f]{32}$/i.test(template)) return [21655, 'The ContentSid is invalid'];
  const validity = Number(form.get('ValidityPeriod') ?? 1);
  if (!Number.isInteger(validity) || validity < 1 || validity > 36_000) return [21624, 'Invalid validity period value'];
  if (!URL.canParse(form.get('StatusCallback') ?? 'http://none')) return [21609, 'Invalid StatusCallback'];
  return undefined;
}

function senderProblem(from: string | null, service: string | null): [code: number, message: string] | undefined {
  if (from === null && service === null) return [21603, "A 'From' phone number is required."];
  if (service !== null && service !== SERVICE) return [21701, 'The Messaging Service does not exist'];
  return from === null || from === SENDER ? undefined : [21659, `'From' ${from} is not a Twilio phone number`];
}
