import { createHash, generateKeyPairSync, verify } from 'node:crypto';
import { CLIENT_CERTIFICATE, CLIENT_KEY, TEST_AUTHORITY } from '../h2-certificates.js';
import { H2Simulator, type H2SimulatorOptions, type SeenStream } from '../h2-simulator.js';
import type { SimulatorReply } from '../http-simulator.js';

const BUNDLE = 'com.example.simulated';
const KEY_ID = 'SIMKEY0001';
const TEAM_ID = 'SIMTEAM001';
const PATH = /^\/3\/device\/([^/?]*)$/;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const GONE = 'dead';
/** Since then those that are gone are gone; as APNs tells it, in milliseconds. */
export const GONE_SINCE = 1_790_000_000_000;
const LONGEST_LIFE_SECONDS = 3_600;
const CHANGE_SECONDS = 1_200;
/** Different times of issue of one key that are borne within 20 minutes. */
const MOST_CHANGES = 2;

const PAYLOAD_LIMITS: Readonly<Record<string, number>> = { voip: 5120 };
const PUSH_TYPES = new Set(['alert', 'background', 'voip']);

type Problem = [status: number, reason: string];

/** Refuses a wrong path, method, token, certificate, topic, header or payload; devices whose token begins with `dead` are gone. */
export class ApnsSimulator extends H2Simulator {
  readonly vendor = 'apns';
  private readonly pair = generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  /** Time of issue by token, of those that are signed well. */
  private readonly issued = new Map<string, number>();

  constructor(
    options: H2SimulatorOptions = {},
    private readonly now = () => new Date(),
  ) {
    super({ firstStreams: 1, ...options });
  }

  get settings(): Record<string, unknown> {
    return {
      bundleId: BUNDLE,
      keyId: KEY_ID,
      teamId: TEAM_ID,
      privateKey: this.pair.privateKey.export({ type: 'pkcs8', format: 'pem' }),
      ...this.place,
    };
  }

  /** Of an account that signs in by certificate. */
  get certificateSettings(): Record<string, unknown> {
    return { bundleId: BUNDLE, certificate: CLIENT_CERTIFICATE, certificateKey: CLIENT_KEY, ...this.place };
  }

  address(number: number, gone = false): string {
    const token = createHash('sha256').update(`device ${number}`).digest('hex');
    return gone ? `${GONE}${token.slice(GONE.length)}` : token.replace(/^dead/, 'beef');
  }

  private get place(): Record<string, unknown> {
    return { baseUrl: this.url, ca: TEST_AUTHORITY, allowPrivateNetwork: true };
  }

  protected isSend({ path }: SeenStream): boolean {
    return path.startsWith('/3/device/');
  }

  protected throttled(): SimulatorReply {
    return refusal(429, 'TooManyRequests');
  }

  protected answer(request: SeenStream): SimulatorReply {
    const { method, path, headers } = request;
    const id = String(headers['apns-id'] ?? 'eabeae54-14a8-11e5-b60b-1697f925ec7b');
    const [, device] = PATH.exec(path) ?? [];
    if (method !== 'POST') return refusal(405, 'MethodNotAllowed', id);
    if (device === undefined) return refusal(404, 'BadPath', id);
    const problem = this.tokenProblem(request) ?? headerProblem(request) ?? payloadProblem(request);
    if (problem !== undefined) return refusal(...problem, id);
    if (!/^[0-9a-f]{64,200}$/i.test(device) || /^0+$/.test(device)) return refusal(400, 'BadDeviceToken', id);
    if (device.startsWith(GONE)) return refusal(410, 'Unregistered', id, GONE_SINCE);
    this.pushes++;
    return { headers: { 'apns-id': id } };
  }

  private tokenProblem({ headers, certified }: SeenStream): Problem | undefined {
    const { authorization } = headers;
    if (authorization === undefined) return certified ? undefined : [403, 'MissingProviderToken'];
    const token = /^bearer (.+)$/i.exec(authorization)?.[1] ?? '';
    const issuedAt = this.issued.get(token) ?? this.check(token);
    if (issuedAt === undefined) return [403, 'InvalidProviderToken'];
    const now = this.now().getTime() / 1000;
    if (now - issuedAt > LONGEST_LIFE_SECONDS || issuedAt > now + 60) return [403, 'ExpiredProviderToken'];
    return this.issued.has(token) ? undefined : this.changeProblem(token, issuedAt);
  }

  /** Time of issue of a token that this key has signed well. */
  private check(token: string): number | undefined {
    const [head = '', claims = '', signature = ''] = token.split('.');
    const key = { key: this.pair.publicKey, dsaEncoding: 'ieee-p1363' } as const;
    if (!verify('sha256', Buffer.from(`${head}.${claims}`), key, Buffer.from(signature, 'base64url'))) return undefined;
    const { alg, kid } = decoded(head);
    const { iss, iat } = decoded(claims);
    return alg === 'ES256' && kid === KEY_ID && iss === TEAM_ID && typeof iat === 'number' ? iat : undefined;
  }

  private changeProblem(token: string, issuedAt: number): Problem | undefined {
    const lately = [...this.issued.values()].filter((time) => Math.abs(time - issuedAt) < CHANGE_SECONDS);
    if (new Set([...lately, issuedAt]).size > MOST_CHANGES) return [429, 'TooManyProviderTokenUpdates'];
    this.issued.set(token, issuedAt);
    return undefined;
  }
}

function refusal(status: number, reason: string, id?: string, timestamp?: number): SimulatorReply {
  return {
    status,
    headers: id === undefined ? {} : { 'apns-id': id },
    body: JSON.stringify({ reason, timestamp }),
  };
}

const decoded = (part: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Record<string, unknown>;

function headerProblem({ headers, certified }: SeenStream): Problem | undefined {
  const header = (name: string): string | undefined => headers[name]?.toString();
  const type = header('apns-push-type') ?? '';
  const topic = header('apns-topic');
  const collapseId = header('apns-collapse-id');
  if (!PUSH_TYPES.has(type)) return [400, 'InvalidPushType'];
  if (topic === undefined) return certified ? undefined : [400, 'MissingTopic'];
  if (topic !== (type === 'voip' ? `${BUNDLE}.voip` : BUNDLE)) return [400, 'TopicDisallowed'];
  if (!['1', '5', '10'].includes(header('apns-priority') ?? '10')) return [400, 'BadPriority'];
  if (type === 'background' && header('apns-priority') !== '5') return [400, 'BadPriority'];
  if (!/^\d{1,10}$/.test(header('apns-expiration') ?? '')) return [400, 'BadExpirationDate'];
  if (!UUID.test(header('apns-id') ?? '00000000-0000-0000-0000-000000000000')) return [400, 'BadMessageId'];
  if (collapseId !== undefined && Buffer.byteLength(collapseId) > 64) return [400, 'BadCollapseId'];
  return undefined;
}

/** The push type must say what the payload is. */
function payloadProblem({ headers, body }: SeenStream): Problem | undefined {
  const type = String(headers['apns-push-type']);
  if (body === '') return [400, 'PayloadEmpty'];
  if (Buffer.byteLength(body) > (PAYLOAD_LIMITS[type] ?? 4096)) return [413, 'PayloadTooLarge'];
  const { aps } = JSON.parse(body) as { aps?: Record<string, unknown> };
  if (typeof aps !== 'object') return [400, 'PayloadEmpty'];
  const shows = 'alert' in aps || 'badge' in aps || 'sound' in aps;
  if (type === 'background') return shows || aps['content-available'] !== 1 ? [400, 'InvalidPushType'] : undefined;
  return type === 'alert' && !shows ? [400, 'InvalidPushType'] : undefined;
}
