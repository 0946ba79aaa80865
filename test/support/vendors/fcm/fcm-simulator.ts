import { generateKeyPairSync, verify } from 'node:crypto';
import { TEST_AUTHORITY } from '../h2-certificates.js';
import { H2Simulator, type H2SimulatorOptions, type SeenStream } from '../h2-simulator.js';
import { json, type SimulatorReply } from '../http-simulator.js';

const PROJECT = 'simulated-project';
const CLIENT = 'tidings@simulated-project.iam.gserviceaccount.com';
const TOKEN_PATH = '/token';
const SEND_PATH = `/v1/projects/${PROJECT}/messages:send`;
const SCOPES = /^https:\/\/www\.googleapis\.com\/auth\/(firebase\.messaging|cloud-platform)$/;
const DEVICE = /^[\w-]{22}:APA91b[\w-]{20,}$/;
const GONE = 'gone';
const RESERVED = /^(from$|message_type$|google|gcm)/;
const TARGETS = ['token', 'fid', 'topic', 'condition'];

/** One for all simulators of a process: it takes long to make. */
const { privateKey: PRIVATE_KEY, publicKey: PUBLIC_KEY } = generateKeyPairSync('rsa', { modulusLength: 2048 });

/** Refuses a wrong assertion, access token, project or message; devices whose token has `gone` in it are unregistered. */
export class FcmSimulator extends H2Simulator {
  readonly vendor = 'fcm';
  /** Access tokens given out so far. */
  tokens = 0;
  private readonly good = new Set<string>();

  constructor(
    options: H2SimulatorOptions = {},
    private readonly now = () => new Date(),
  ) {
    super(options);
  }

  get settings(): Record<string, unknown> {
    return {
      serviceAccount: {
        type: 'service_account',
        project_id: PROJECT,
        client_email: CLIENT,
        private_key_id: 'simulated',
        private_key: PRIVATE_KEY.export({ type: 'pkcs8', format: 'pem' }),
        token_uri: `${this.url}${TOKEN_PATH}`,
      },
      baseUrl: this.url,
      ca: TEST_AUTHORITY,
      allowPrivateNetwork: true,
    };
  }

  address(number: number, gone = false): string {
    const device = `${gone ? GONE : 'live'}${String(number).padStart(18, '0')}`;
    return `${device}:APA91b${'simulated-registration-token-'.repeat(4)}${number}`;
  }

  /** All access tokens have aged out. */
  expireTokens(): void {
    this.good.clear();
  }

  protected isSend({ path }: SeenStream): boolean {
    return path !== TOKEN_PATH;
  }

  protected throttled(): SimulatorReply {
    return failure(429, 'RESOURCE_EXHAUSTED', 'Quota exceeded.', [fcmError('QUOTA_EXCEEDED')]);
  }

  protected answer(request: SeenStream): SimulatorReply {
    const { method, path, headers, body } = request;
    if (method !== 'POST') return { status: 405 };
    if (path === TOKEN_PATH) return this.grant(request);
    const bearer = /^Bearer (.+)$/.exec(headers.authorization ?? '')?.[1] ?? '';
    if (!this.good.has(bearer))
      return failure(401, 'UNAUTHENTICATED', 'Request had invalid authentication credentials.');
    if (path !== SEND_PATH) return failure(404, 'NOT_FOUND', 'Requested entity was not found.');
    if (headers['content-type']?.startsWith('application/json') !== true)
      return failure(400, 'INVALID_ARGUMENT', 'The body must be JSON.');
    return this.push(JSON.parse(body) as { validate_only?: boolean; message?: Message });
  }

  private push({
    validate_only: dry = false,
    message = {},
  }: {
    validate_only?: boolean;
    message?: Message;
  }): SimulatorReply {
    const wrong = problemOf(message);
    if (wrong !== undefined) return invalid(...wrong);
    const device = String(message['token'] ?? message['fid']);
    if (!DEVICE.test(device))
      return invalid('message.token', 'The registration token is not a valid FCM registration token');
    if (device.startsWith(GONE))
      return failure(404, 'NOT_FOUND', 'Requested entity was not found.', [fcmError('UNREGISTERED')]);
    if (dry) return json({ name: `projects/${PROJECT}/messages/fake_message_id` });
    return json({ name: `projects/${PROJECT}/messages/0:${String(++this.pushes).padStart(16, '0')}%simulated` });
  }

  private grant({ headers, body }: SeenStream): SimulatorReply {
    const form = new URLSearchParams(body);
    if (headers['content-type'] !== 'application/x-www-form-urlencoded') return { status: 415 };
    if (form.get('grant_type') !== 'urn:ietf:params:oauth:grant-type:jwt-bearer')
      return json({ error: 'unsupported_grant_type' }, 400);
    const problem = this.assertionProblem(form.get('assertion') ?? '');
    if (problem !== undefined) return json({ error: 'invalid_grant', error_description: problem }, 400);
    const token = `ya29.simulated-${++this.tokens}-${'x'.repeat(160)}`;
    this.good.add(token);
    return json({ access_token: token, expires_in: 3599, token_type: 'Bearer' });
  }

  private assertionProblem(assertion: string): string | undefined {
    const [head = '', claims = '', signature = ''] = assertion.split('.');
    if (!verify('RSA-SHA256', Buffer.from(`${head}.${claims}`), PUBLIC_KEY, Buffer.from(signature, 'base64url')))
      return 'Invalid JWT Signature.';
    const { iss, scope, aud, iat, exp } = decoded(claims);
    const now = this.now().getTime() / 1000;
    if (decoded(head)['alg'] !== 'RS256' || iss !== CLIENT) return 'Invalid grant: account not found';
    if (!SCOPES.test(String(scope)) || aud !== `${this.url}${TOKEN_PATH}`) return 'Invalid JWT: Failed audience check.';
    if (Math.abs(Number(iat) - now) > 300 || Number(exp) < now || Number(exp) - Number(iat) > 3600)
      return 'Invalid JWT: Token must be a short-lived token (60 minutes) and in a reasonable timeframe. Check your iat and exp values in the JWT claim.';
    return undefined;
  }
}

type Message = Readonly<Record<string, unknown>>;

const fields = (value: unknown): Message => (typeof value === 'object' && value !== null ? (value as Message) : {});
const decoded = (part: string): Message => JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Message;
const fcmError = (errorCode: string): Message => ({
  '@type': 'type.googleapis.com/google.firebase.fcm.v1.FcmError',
  errorCode,
});

function failure(code: number, status: string, message: string, details: readonly Message[] = []): SimulatorReply {
  return json({ error: { code, message, status, ...(details.length === 0 ? {} : { details }) } }, code);
}

function invalid(field: string, description: string): SimulatorReply {
  const violation = { '@type': 'type.googleapis.com/google.rpc.BadRequest', fieldViolations: [{ field, description }] };
  return failure(400, 'INVALID_ARGUMENT', description, [fcmError('INVALID_ARGUMENT'), violation]);
}

/** The field that is wrong, and why. */
function problemOf(message: Message): [field: string, description: string] | undefined {
  if (TARGETS.filter((name) => name in message).length !== 1) return ['message', 'Exactly one target is needed.'];
  const { data, notification, android, webpush } = message;
  const { priority = 'NORMAL', ttl = '0s', notification: shown } = fields(android);
  for (const [name, value] of Object.entries(fields(data))) {
    if (typeof value !== 'string') return [`message.data[${name}]`, 'Invalid value (TYPE_STRING).'];
    if (RESERVED.test(name)) return [`message.data[${name}]`, 'Invalid data payload key.'];
  }
  if (Buffer.byteLength(JSON.stringify({ notification, data })) > 4096)
    return ['message', 'Android message is too big.'];
  if (priority !== 'NORMAL' && priority !== 'HIGH') return ['message.android.priority', 'Invalid value.'];
  if (!/^\d+(\.\d+)?s$/.test(String(ttl)) || Number.parseInt(String(ttl), 10) > 2_419_200)
    return ['message.android.ttl', 'Illegal duration format.'];
  const { notification_count: count = 0, color = '#000000' } = fields(shown);
  if (!Number.isInteger(count))
    return ['message.android.notification.notification_count', 'Invalid value (TYPE_INT32).'];
  if (!/^#[0-9a-f]{6}$/i.test(String(color))) return ['message.android.notification.color', 'Invalid color.'];
  if (Object.values(fields(fields(webpush)['headers'])).some((value) => typeof value !== 'string'))
    return ['message.webpush.headers', 'Invalid value (TYPE_STRING).'];
  return appleProblem(fields(message['apns']));
}

function appleProblem({ headers, payload }: Message): [field: string, description: string] | undefined {
  if (Object.values(fields(headers)).some((value) => typeof value !== 'string'))
    return ['message.apns.headers', 'Invalid value (TYPE_STRING).'];
  const aps = fields(fields(payload)['aps']);
  const silent = fields(headers)['apns-push-type'] === 'background';
  if (silent && ('alert' in aps || aps['content-available'] !== 1))
    return ['message.apns.payload', 'The push type does not agree with the payload.'];
  return undefined;
}
