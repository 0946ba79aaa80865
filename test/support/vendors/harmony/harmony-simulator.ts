import { constants, generateKeyPairSync, type KeyObject, verify } from 'node:crypto';
import { unknownField } from '../huawei/message-checks.js';
import { mapOf, readMap } from '../read-map.js';
import { type Problem, PushKitSimulator, refuse } from '../huawei/push-kit-simulator.js';
import type { SeenRequest, SimulatorReply } from '../http-simulator.js';

const PROJECT = '388421841222000001';
const KEY_ID = 'simulated-key';
const SUB_ACCOUNT = '114012345';
const AUDIENCE = 'https://oauth-login.cloud.huawei.com/oauth2/v3/token';
const LONGEST_LIFE_SECONDS = 86_400;
const LONGEST_TTL = 1_296_000;
const MOST_TEST_TOKENS = 10;
const CATEGORIES = (
  'IM VOIP MISS_CALL SUBSCRIPTION TRAVEL HEALTH WORK ACCOUNT EXPRESS FINANCE DEVICE_REMINDER MAIL PLAY_VOICE ' +
  'MARKETING'
).split(' ');
const NOTIFICATION = new Set(
  (
    'category title body image style inboxContent notifyId appMessageId profileId sound soundDuration badge foregroundShow ' +
    'clickAction'
  ).split(' '),
);

let keys: { publicKey: KeyObject; privateKey: KeyObject } | undefined;

/** A pair made once for all simulators, since making one takes long. */
const keyPair = (): { publicKey: KeyObject; privateKey: KeyObject } =>
  (keys ??= generateKeyPairSync('rsa', { modulusLength: 2048 }));

/** Huawei's service for HarmonyOS 5, version 3. Refuses a wrong JWT, path, field or size; posts receipts (V2) to `receiptUrl`. */
export class HarmonySimulator extends PushKitSimulator {
  readonly vendor = 'harmony';
  /** What time it is for the simulator: JWTs of another are refused. */
  now: () => number = Date.now;
  /** JWTs that were good and are refused from now on. */
  readonly expired = new Set<string>();
  protected readonly tokenPrefix = 'MAMzLg';

  get settings(): Record<string, unknown> {
    const privateKey = keyPair().privateKey.export({ type: 'pkcs8', format: 'pem' });
    return {
      serviceAccount: { project_id: PROJECT, key_id: KEY_ID, private_key: privateKey, sub_account: SUB_ACCOUNT },
      category: 'WORK',
      ...this.callbackSettings,
      baseUrl: this.url,
      allowPrivateNetwork: true,
    };
  }

  protected nameIllegal(tokens: string[]): Record<string, unknown> {
    return { illegalTokens: { tokenFormatError: tokens } };
  }

  protected answer(request: SeenRequest): SimulatorReply {
    const project = /^\/v3\/([^/]+)\/messages:send$/.exec(request.path)?.[1];
    if (project === undefined) return { status: 404 };
    const problem = this.tokenProblem(request.headers.authorization ?? '') ?? projectProblem(project);
    if (problem !== undefined) return refuse(...problem);
    return this.send(request);
  }

  private tokenProblem(authorization: string): Problem | undefined {
    const token = authorization.replace(/^Bearer /, '');
    const [header = '', claims = '', signature = ''] = token.split('.');
    const { alg, kid, typ } = readPart(header);
    const { iss, aud, iat, exp } = readPart(claims);
    const seconds = this.now() / 1000;
    const key = { key: keyPair().publicKey, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 };
    if (!verify('sha256', Buffer.from(`${header}.${claims}`), key, Buffer.from(signature, 'base64url')))
      return ['80200001', 'Authentication Error.', 401];
    if (alg !== 'PS256' || typ !== 'JWT' || kid !== KEY_ID || iss !== SUB_ACCOUNT || aud !== AUDIENCE)
      return ['80200001', 'Authentication Error.', 401];
    if (Number(exp) - Number(iat) > LONGEST_LIFE_SECONDS) return ['80300036', 'JWT expire period over threshold.'];
    if (!(Number(iat) <= seconds && seconds < Number(exp)) || this.expired.has(token))
      return ['80200005', 'Jwt token expired.', 401];
    return undefined;
  }

  private send(request: SeenRequest): SimulatorReply {
    const { payload, target, pushOptions, ...more } = readMap(request.body);
    const { token: tokens } = mapOf(target);
    const type = request.headers['push-type'];
    const options = mapOf(pushOptions);
    const problem =
      this.problemOf(request, { payload, target: { token: [] }, pushOptions }, tokens) ??
      unknownProblem(more, new Set()) ??
      optionsProblem(options, tokens as string[]) ??
      payloadProblem(String(type), mapOf(payload));
    if (problem !== undefined) return refuse(...problem);
    return this.push(tokens as string[], (token, requestId) => ({
      token,
      pushType: Number(type),
      appPackageName: 'com.example.simulated',
      biTag: options['biTag'],
      requestId,
      deliveryStatus: { result: 0, timestamp: Date.now() },
    }));
  }
}

const readPart = (part: string): Record<string, unknown> => readMap(Buffer.from(part, 'base64url').toString('utf8'));

const projectProblem = (project: string): Problem | undefined =>
  project === PROJECT ? undefined : ['80300002', 'No permission to send message to these tmIDs.'];

function unknownProblem(map: Record<string, unknown>, known: ReadonlySet<string>): Problem | undefined {
  const unknown = unknownField(map, known);
  return unknown === undefined ? undefined : ['80100003', `Illegal payload, ${unknown}.`];
}

function optionsProblem({ testMessage, ttl = 86_400 }: Record<string, unknown>, tokens: string[]): Problem | undefined {
  if (testMessage === true && tokens.length > MOST_TEST_TOKENS)
    return ['80300030', 'When send test message, token count exceed limit.'];
  const fits = Number.isInteger(ttl) && Number(ttl) > 0 && Number(ttl) <= LONGEST_TTL;
  return fits ? undefined : ['80100004', 'Illegal expire time.'];
}

function payloadProblem(
  type: string,
  { notification, extraData, ...more }: Record<string, unknown>,
): Problem | undefined {
  const unknown = unknownProblem(more, new Set());
  if (unknown !== undefined) return unknown;
  if (type === '6') {
    const background = typeof extraData === 'string' && notification === undefined;
    return background ? undefined : ['80100003', 'Illegal payload, extraData.'];
  }
  if (type !== '0' && type !== '2') return ['80100001', 'Check Parameter Error. push-type'];
  if ((typeof extraData === 'string') !== (type === '2')) return ['80100003', 'Illegal payload, extraData.'];
  return notificationProblem(type, mapOf(notification));
}

function notificationProblem(type: string, notification: Record<string, unknown>): Problem | undefined {
  const { category, title, body, appMessageId = 'x', badge } = notification;
  const { actionType, action, uri } = mapOf(notification['clickAction']);
  const { addNum = 1, setNum = 0 } = mapOf(badge);
  if (!CATEGORIES.includes(String(category))) return ['80100003', 'Illegal payload, category.'];
  if ((category === 'PLAY_VOICE') !== (type === '2'))
    return ['80300007', '{"failure":1,"illegalTokens":{"notSupportPlayVoice":[]}}'];
  if (!title || !body) return ['80100003', 'Illegal payload, title or body.'];
  if (!/^[\w+/= -]{1,64}$/.test(String(appMessageId))) return ['80100003', 'Illegal payload, appMessageId.'];
  if (Number(addNum) < 1 || Number(addNum) > 99 || Number(setNum) < 0 || Number(setNum) > 99)
    return ['80100003', 'Illegal payload, badge.'];
  if (actionType !== 0 && !(actionType === 1 && (action ?? uri))) return ['80100003', 'Illegal payload, clickAction.'];
  return unknownProblem(notification, NOTIFICATION);
}
