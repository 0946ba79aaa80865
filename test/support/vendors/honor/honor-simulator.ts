import { AccessTokens } from '../huawei/access-tokens.js';
import { isClickAction, isJson, isTtl, unknownField } from '../huawei/message-checks.js';
import { mapOf, readMap } from '../read-map.js';
import { HttpSimulator, json, type SeenRequest, type SimulatorReply } from '../http-simulator.js';

const APP = '104455667';
const CLIENT = 'honor-simulator-client';
const SECRET = 'honor-simulator-secret';
const MOST_TOKENS = 1000;
const LARGEST_BODY = 4096;
const CLOCK_MILLISECONDS = 5 * 60_000;
const DELIVERED = 40_000_002;
const GOOD = 'BAEAAAAAB.jk0_good';
const GONE = 'BAEAAAAAB.jk0_gone';
const MESSAGE = new Set(['data', 'notification', 'android', 'token']);
const ANDROID = new Set(['ttl', 'biTag', 'data', 'targetUserType', 'notification']);
const NOTIFICATION = new Set(
  'title body clickAction image style bigTitle bigBody importance when buttons badge notifyId tag group'.split(' '),
);

/** Refuses a wrong secret, token, timestamp, field or size; tokens it did not make failed, those with `gone` are expired. */
export class HonorSimulator extends HttpSimulator {
  readonly vendor = 'honor';
  readonly accessTokens = new AccessTokens({ id: CLIENT, secret: SECRET }, (unknown) =>
    json({ error: unknown === 'client' ? 'invalid_client' : 'unauthorized_client', error_description: unknown }, 401),
  );
  private answers = 0;

  get settings(): Record<string, unknown> {
    return {
      appId: APP,
      clientId: CLIENT,
      clientSecret: SECRET,
      authUrl: `${this.url}/auth/token`,
      baseUrl: this.url,
      allowPrivateNetwork: true,
    };
  }

  address(number: number, gone = false): string {
    return `${gone ? GONE : GOOD}${Buffer.from(`honor device ${number}`).toString('base64url')}`;
  }

  protected isSend({ path }: SeenRequest): boolean {
    return path.endsWith('/sendMessage');
  }

  protected throttled(): SimulatorReply {
    return error(429, 'too many requests', 429);
  }

  protected answer(request: SeenRequest): SimulatorReply {
    if (request.path === '/auth/token') return this.accessTokens.grant(request);
    if (request.path !== `/api/v1/${APP}/sendMessage`) return { status: 404 };
    if (this.accessTokens.check(request.headers.authorization) !== 'good') return error(401, 'token is not valid', 401);
    const message = readMap(request.body);
    const problem = requestProblem(request, message);
    return problem === undefined ? this.push(message) : error(400, problem, 400);
  }

  private push({ token: tokens, android }: Record<string, unknown>): SimulatorReply {
    const all = tokens as string[];
    const good = all.filter((token) => token.startsWith(GOOD));
    const expireTokens = all.filter((token) => token.startsWith(GONE));
    const failTokens = all.filter((token) => !token.startsWith(GOOD) && !token.startsWith(GONE));
    const requestId = `${1_760_000_000_000 + ++this.answers}`;
    this.pushes += good.length;
    this.deliver(good, mapOf(android)['biTag'], requestId);
    const data = { sendResult: good.length > 0, requestId, failTokens, expireTokens };
    return json({ code: 200, message: 'success', data });
  }

  private deliver(tokens: string[], biTag: unknown, requestId: string): void {
    if (this.receiptUrl === undefined || tokens.length === 0) return;
    const statuses = tokens.map((token) => ({
      biTag,
      appid: APP,
      token,
      status: DELIVERED,
      timestamp: Date.now(),
      requestId,
    }));
    this.postReceipt(this.receiptUrl, JSON.stringify({ statuses }), { 'content-type': 'application/json' });
  }
}

const error = (code: number, message: string, status: number): SimulatorReply => json({ code, message }, status);

function requestProblem(
  { method, headers }: SeenRequest,
  { token, ...rest }: Record<string, unknown>,
): string | undefined {
  const age = Math.abs(Date.now() - Number(headers['timestamp'] ?? 0));
  if (method !== 'POST' || !isJson(headers['content-type'])) return 'not JSON';
  if (age > CLOCK_MILLISECONDS) return 'timestamp is missing or old';
  if (!Array.isArray(token) || token.length === 0 || token.length > MOST_TOKENS) return 'token count is not valid';
  if (Buffer.byteLength(JSON.stringify({ ...rest, token: [] })) > LARGEST_BODY) return 'message is too large';
  return messageProblem(rest);
}

function messageProblem(message: Record<string, unknown>): string | undefined {
  const android = mapOf(message['android']);
  const { notification, ttl } = android;
  if (!isTtl(ttl)) return 'ttl is not valid';
  const unknown = unknownField(message, MESSAGE) ?? unknownField(android, ANDROID);
  if (unknown !== undefined) return unknown;
  if (notification === undefined) return typeof message['data'] === 'string' ? undefined : 'nothing to send';
  return notificationProblem(mapOf(notification));
}

function notificationProblem(notification: Record<string, unknown>): string | undefined {
  const { title, body, style, bigTitle, bigBody, importance, badge } = notification;
  if (!title || !body) return 'title or body is missing';
  if (style === 1 && (!bigTitle || !bigBody)) return 'bigTitle or bigBody is missing';
  if (importance !== 'LOW' && importance !== 'NORMAL') return 'importance is not valid';
  if (badge !== undefined && !mapOf(badge)['badgeClass']) return 'badgeClass is missing';
  if (!isClickAction(notification['clickAction'])) return 'clickAction is not valid';
  return unknownField(notification, NOTIFICATION);
}
