import { json, type SeenRequest, type SimulatorReply } from '../http-simulator.js';
import { AccessTokens } from './access-tokens.js';
import { isClickAction, isTtl, unknownField } from './message-checks.js';
import { mapOf, readMap } from '../read-map.js';
import { type Problem, PushKitSimulator, refuse } from './push-kit-simulator.js';

const APP = '104412345';
const PROJECT = '388421841222000000';
const SECRET = 'huawei-simulator-secret';
const CATEGORIES =
  'IM VOIP SUBSCRIPTION TRAVEL HEALTH WORK ACCOUNT EXPRESS FINANCE DEVICE_REMINDER MAIL PLAY_VOICE MARKETING'.split(
    ' ',
  );
const MESSAGE = new Set(['data', 'notification', 'android', 'token']);
const ANDROID = new Set(
  'collapse_key category urgency ttl bi_tag receipt_id target_user_type fast_app_target data notification'.split(' '),
);
const NOTIFICATION = new Set(
  (
    'title body icon image color sound default_sound tag click_action channel_id style big_title big_body auto_clear notify_id ' +
    'group badge foreground_show ticker when importance visibility inbox_content buttons profile_id'
  ).split(' '),
);

/** Huawei's service for Android devices, version 1 and 2. Refuses a wrong secret, token, path, field or size; posts receipts to `receiptUrl`. */
export class HuaweiSimulator extends PushKitSimulator {
  readonly vendor = 'huawei';
  /** With it in the settings, pushes go by version 2. */
  readonly projectId = PROJECT;
  /** Whether the app has the right to send with high urgency. */
  highUrgency = false;
  readonly accessTokens = new AccessTokens({ id: APP, secret: SECRET }, (unknown) =>
    unknown === 'client'
      ? json({ error: 1203, sub_error: 31202, error_description: 'client_id is invalid' }, 400)
      : json({ error: 1101, sub_error: 20001, error_description: 'client secret is wrong' }, 401),
  );
  protected readonly tokenPrefix = 'IQAAAACy';

  get settings(): Record<string, unknown> {
    return {
      appId: APP,
      appSecret: SECRET,
      ...this.callbackSettings,
      authUrl: `${this.url}/oauth2/v3/token`,
      baseUrl: this.url,
      allowPrivateNetwork: true,
    };
  }

  protected nameIllegal(tokens: string[]): Record<string, unknown> {
    return { illegal_tokens: tokens };
  }

  protected answer(request: SeenRequest): SimulatorReply {
    if (request.path === '/oauth2/v3/token') return this.accessTokens.grant(request);
    if (![`/v1/${APP}/messages:send`, `/v2/${PROJECT}/messages:send`].includes(request.path)) return { status: 404 };
    const access = this.accessTokens.check(request.headers.authorization);
    if (access === 'none') return refuse('80200001', 'Oauth authentication error', 401);
    if (access === 'expired') return refuse('80200003', 'Access token expired', 401);
    return this.send(request);
  }

  private send(request: SeenRequest): SimulatorReply {
    const { validate_only: dry, message, ...more } = readMap(request.body);
    const { token: tokens, ...rest } = mapOf(message);
    const android = mapOf(rest['android']);
    const problem =
      this.problemOf(request, { message: { ...rest, token: [] } }, tokens) ??
      unknownProblem({ ...more, ...rest }, MESSAGE) ??
      unknownProblem(android, ANDROID) ??
      androidProblem(android, this.highUrgency) ??
      (android['notification'] === undefined
        ? dataProblem(rest['data'])
        : notificationProblem(mapOf(android['notification'])));
    if (problem !== undefined) return refuse(...problem);
    const receiptOf = (token: string, requestId: string): unknown => ({
      biTag: android['bi_tag'],
      appid: APP,
      token,
      status: 0,
      timestamp: Date.now(),
      requestId,
    });
    return this.push(tokens as string[], receiptOf, dry === true);
  }
}

function unknownProblem(map: Record<string, unknown>, known: ReadonlySet<string>): Problem | undefined {
  const unknown = unknownField(map, known);
  return unknown === undefined ? undefined : ['80100003', `Illegal payload, ${unknown}`];
}

function androidProblem(
  { category, urgency, ttl }: Record<string, unknown>,
  highUrgency: boolean,
): Problem | undefined {
  if (category !== undefined && !CATEGORIES.includes(category as string)) return ['80100001', 'category is not valid'];
  if (urgency === 'HIGH' && !highUrgency) return ['80300011', 'No permission to send high priority message'];
  return isTtl(ttl) ? undefined : ['80100004', 'Illegal expire time'];
}

const dataProblem = (data: unknown): Problem | undefined =>
  typeof data === 'string' ? undefined : ['80100003', 'Illegal payload, neither notification nor data'];

function notificationProblem(notification: Record<string, unknown>): Problem | undefined {
  const { title, body, style, big_title, big_body, badge, importance } = notification;
  if (!title || !body) return ['80100001', 'title and body must not be empty'];
  if (style === 1 && (!big_title || !big_body)) return ['80100001', 'big_title and big_body must not be empty'];
  if (badge !== undefined && !mapOf(badge)['class']) return ['80100001', 'badge class must not be empty'];
  if (!['LOW', 'NORMAL', undefined].includes(importance as string)) return ['80100001', 'importance is not valid'];
  return isClickAction(notification['click_action'])
    ? unknownProblem(notification, NOTIFICATION)
    : ['80100001', 'click_action is not valid'];
}
