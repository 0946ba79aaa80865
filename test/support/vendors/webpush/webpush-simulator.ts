import type { IncomingHttpHeaders } from 'node:http';
import { HttpSimulator, type SeenRequest, type SimulatorReply } from '../http-simulator.js';
import { Browser } from './browser.js';
import { decrypt } from './decrypt.js';
import { vapidProblem } from './vapid-problem.js';

/** Made by `web-push generate-vapid-keys`. */
export const VAPID = {
  publicKey: 'BFmJ8L6wDp3hsIEBZHKTOiOSq7z72W2JkJuZGq_7-HnGK_PdKiOvDbW8Oqai7hpHPGgjiqF9XhvBHkoI0EXtFA4',
  privateKey: '16_uRXO8BS40Xl-wrmIyuHqoZc5uYBgD-ArE66Tw_hc',
  subject: 'mailto:push@example.com',
};
const PATH = /^\/push\/(gone-|other-)?(\d+)$/;
const URGENCIES = /^(very-low|low|normal|high)$/;
const TOPIC = /^[\w-]{1,32}$/;
const LARGEST_BODY = 4096;
const LONGEST_TTL = 2_592_000;
const KEPT = 1_000;
const MOST_BROWSERS = 10_000;

/** A push as the browser got it. */
interface ReceivedPush {
  browser: number;
  payload: Record<string, unknown>;
  headers: IncomingHttpHeaders;
}

/**
 * A push service and the browsers behind it. Refuses a wrong VAPID token, header or size, and what its browser cannot decrypt;
 * subscriptions with `gone` in their endpoint are dead, those with `other` were made for another site's key.
 */
export class WebPushSimulator extends HttpSimulator {
  readonly vendor = 'webpush';
  readonly received: ReceivedPush[] = [];
  private readonly browsers = new Map<number, Browser>();
  private messages = 0;

  constructor(private readonly now: () => Date = () => new Date()) {
    super();
  }

  get settings(): Record<string, unknown> {
    return { ...VAPID, allowPrivateNetwork: true };
  }

  address(number: number, gone = false): string {
    return this.subscription(`${gone ? 'gone-' : ''}${number}`, number);
  }

  /** A subscription for another site's key. */
  otherAddress(number: number): string {
    return this.subscription(`other-${number}`, number);
  }

  browser(number: number): Browser {
    let browser = this.browsers.get(number);
    if (browser === undefined) {
      browser = new Browser(number);
      if (this.browsers.size >= MOST_BROWSERS) this.browsers.clear();
      this.browsers.set(number, browser);
    }
    return browser;
  }

  protected isSend({ path }: SeenRequest): boolean {
    return path.startsWith('/push/');
  }

  protected throttled(): SimulatorReply {
    return { status: 429, headers: { 'retry-after': '7' }, body: 'slow down' };
  }

  protected answer({ method, path, headers, bytes }: SeenRequest): SimulatorReply {
    const [, kind, number] = PATH.exec(path) ?? [];
    if (number === undefined || method !== 'POST') return refusal(404, 'no such subscription');
    const problem = vapidProblem(headers.authorization, this.url, this.now());
    if (problem !== undefined) return refusal(401, problem);
    if (kind === 'other-' || !headers.authorization?.endsWith(VAPID.publicKey)) {
      const words =
        'the VAPID credentials in the authorization header do not correspond to the credentials used to create it';
      return refusal(403, words);
    }
    if (kind === 'gone-') return refusal(410, 'the subscription has expired');
    if (bytes.length > LARGEST_BODY) return refusal(413, 'payload too large');
    return this.deliver(Number(number), headers, bytes);
  }

  private deliver(number: number, headers: IncomingHttpHeaders, body: Buffer): SimulatorReply {
    const wrong = headerProblem(headers);
    if (wrong !== undefined) return refusal(400, wrong);
    const text = decrypt(body, this.browser(number));
    if (text === undefined) return refusal(400, 'the browser cannot decrypt it');
    this.pushes++;
    this.received.push({ browser: number, payload: JSON.parse(text) as Record<string, unknown>, headers });
    if (this.received.length > KEPT) this.received.shift();
    const location = `${this.url}/message/${++this.messages}`;
    return { status: 201, headers: { location, ttl: String(headers['ttl']) } };
  }

  private subscription(path: string, number: number): string {
    const { p256dh, auth } = this.browser(number);
    const keys = { p256dh: p256dh.toString('base64url'), auth: auth.toString('base64url') };
    return JSON.stringify({ endpoint: `${this.url}/push/${path}`, expirationTime: null, keys });
  }
}

const refusal = (status: number, message: string): SimulatorReply => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ code: status, message }),
});

function headerProblem({ ttl, urgency = 'normal', topic = 'x', ...headers }: IncomingHttpHeaders): string | undefined {
  if (!/^\d+$/.test(String(ttl)) || Number(ttl) > LONGEST_TTL) return 'TTL is missing or wrong';
  if (!URGENCIES.test(String(urgency))) return 'Urgency is wrong';
  if (!TOPIC.test(String(topic))) return 'Topic is wrong';
  if (headers['content-encoding'] !== 'aes128gcm') return 'Content-Encoding is wrong';
  return headers['content-type'] === 'application/octet-stream' ? undefined : 'Content-Type is wrong';
}
