import { DataSource } from 'typeorm';
import type { Content } from '../../../src/channels/channel-kind.js';
import type { PushOptions } from '../../../src/channels/push-options.js';
import { startTestApp, type TestApp, type TestOrganisation } from '../../support/test-app.js';

export const APP_ID = 'welovemaxim';

/** The vendors that have devices, and the account for each on the channel. */
export const VENDORS = ['apns', 'huawei', 'xiaomi', 'meizu', 'oppo', 'vivo', 'fcm'] as const;

/** A reply with its exact text. */
export interface LanyingAnswer {
  status: number;
  text: string;
  body: { code: number; data: unknown; message: string | null };
}

/** What a test sends besides the body. */
export interface Headers {
  [name: string]: string;
}

/** A message as it was stored. */
export interface StoredMessage {
  api: string;
  state: string;
  category: string;
  content: Content;
  options: { push: PushOptions; lanying?: unknown };
  expiresAt: Date | null;
}

/** A device as it was registered. */
export interface StoredDevice {
  person: string;
  vendor: string;
  address: string;
  device: string | null;
  alias: string | null;
  platform: string;
  environment: string;
  status: string;
}

/** Whatever is sent to these addresses finds a connected device; all others are offline. */
const ONLINE = 'online-*';

/** An organisation that was moved from Lanying: one application, a push channel over a live account and one per vendor. */
export class LanyingFixture {
  /** Of the application that tests call as, unless they say otherwise. */
  adminToken = '';

  private constructor(
    readonly app: TestApp,
    readonly organisation: TestOrganisation,
  ) {}

  /** On an application that is started already, or on one of its own. */
  static async start(started?: TestApp): Promise<LanyingFixture> {
    const app = started ?? (await startTestApp());
    const fixture = new LanyingFixture(app, await app.organisation('lanying'));
    fixture.adminToken = await fixture.application('im', APP_ID);
    await fixture.createChannel();
    return fixture;
  }

  close(): Promise<void> {
    return this.app.close();
  }

  /** A native call as the admin; refused ones fail the test. */
  async native(method: string, path: string, body?: unknown, organisation = this.organisation.code): Promise<unknown> {
    const reply = await this.app.admin(method, path, body, { organisation });
    if (reply.status >= 300) throw new Error(`${method} ${path} was answered ${reply.status}: ${reply.text}`);
    return reply.body;
  }

  /** Registers an application under an app_id and returns an admin token of it. */
  async application(code: string, appId: string, lanying: object = {}, organisation?: string): Promise<string> {
    await this.native('POST', '/api/v1/applications', { code, name: code, settings: { lanying } }, organisation);
    const path = `/api/v1/applications/${code}/credentials`;
    await this.native('POST', path, { kind: 'app-id', publicId: appId }, organisation);
    const made = await this.native('POST', path, { kind: 'access-token' }, organisation);
    return (made as { secret: string }).secret;
  }

  /** The headers of an admin of the application. */
  admin(headers: Headers = {}): Headers {
    return { app_id: APP_ID, 'access-token': this.adminToken, ...headers };
  }

  /** Sends a text as it stands, or an object as JSON. */
  async call(
    method: string,
    path: string,
    body?: string | object,
    headers: Headers = this.admin(),
  ): Promise<LanyingAnswer> {
    const payload = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
    const reply = await this.app.inject({
      method,
      url: path,
      headers: { ...(payload === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(payload === undefined ? {} : { payload }),
    });
    return {
      status: reply.statusCode,
      text: reply.payload,
      body: (reply.payload === '' ? {} : JSON.parse(reply.payload)) as LanyingAnswer['body'],
    };
  }

  post(path: string, body?: string | object, headers?: Headers): Promise<LanyingAnswer> {
    return this.call('POST', path, body, headers);
  }

  notify(body: string | object, headers?: Headers): Promise<LanyingAnswer> {
    return this.post('/push/notify', body, headers);
  }

  /** Pushes what must be accepted, does the work, and returns the task. */
  async pushed(body: string | object, headers?: Headers): Promise<number> {
    const { text, body: reply } = await this.notify(body, headers);
    if (reply.code !== 200) throw new Error(`The push was refused: ${text}`);
    await this.app.drain();
    return (reply.data as { task_id: number }).task_id;
  }

  /** The counters of one task that are not 0. */
  async counted(taskId: number): Promise<Record<string, number>> {
    const { body } = await this.post('/push/task/detail', { list: [taskId] });
    const [detail = {}] = body.data as Record<string, number>[];
    return Object.fromEntries(Object.entries(detail).filter(([name, value]) => value !== 0 && name !== 'task_id'));
  }

  /** Makes a person who signs in by password and returns their id. */
  async user(username: string, more: object = {}): Promise<number> {
    const { text, body } = await this.post('/user/register/push', { username, password: `pw-${username}`, ...more });
    if (body.code !== 200) throw new Error(`${username} was refused: ${text}`);
    return (body.data as { user_id: number }).user_id;
  }

  /** The headers of a person who signed in. */
  async signedIn(username: string, device?: string): Promise<Headers> {
    const { text, body } = await this.post('/token/user', {
      name: username,
      password: `pw-${username}`,
      device_guid: device,
    });
    if (body.code !== 200) throw new Error(`${username} could not sign in: ${text}`);
    return { app_id: APP_ID, 'access-token': (body.data as { token: string }).token };
  }

  /** Gives a person a device with a vendor's token. */
  async device(userId: number, sn: number, vendor: string, token: string): Promise<void> {
    const body = { device_sn: sn, device_token: token, notifier_name: vendor };
    const { text, body: reply } = await this.post('/user/token/bind', body, this.admin({ user_id: String(userId) }));
    if (reply.code !== 200) throw new Error(`The device was refused: ${text}`);
  }

  /** One line per delivery: vendor account, address, state and reason. */
  async deliveries(taskId: number): Promise<string[]> {
    const rows = await this.query<{ line: string }>(
      `SELECT concat_ws(' ', a.code, e.address, d.state, d.reason) AS line
         FROM delivery d
         JOIN endpoint e ON e.organisation_id = d.organisation_id AND e.id = d.endpoint_id
         LEFT JOIN vendor_account a ON a.organisation_id = d.organisation_id AND a.id = d.vendor_account_id
        WHERE d.message_id = $1 ORDER BY 1`,
      [taskId],
    );
    return rows.map(({ line }) => line);
  }

  /** The addresses that were sent to, in order. */
  async reached(taskId: number): Promise<string[]> {
    const lines = await this.deliveries(taskId);
    return lines.filter((line) => / (sent|delivered)$/.test(line)).map((line) => line.split(' ')[1] ?? '');
  }

  async message(taskId: number): Promise<StoredMessage> {
    const [row] = await this.query<StoredMessage>(
      `SELECT api, state, category, channels->0->'content' AS content, options, expires_at AS "expiresAt"
         FROM message WHERE id = $1`,
      [taskId],
    );
    if (row === undefined) throw new Error(`There is no message ${taskId}`);
    return row;
  }

  async messageCount(): Promise<number> {
    const [row] = await this.query<{ count: number }>('SELECT count(*)::int AS count FROM message', []);
    return row?.count ?? 0;
  }

  /** The push devices of a person, in order of id. */
  devices(userId: number): Promise<StoredDevice[]> {
    return this.query<StoredDevice>(
      `SELECT r.code AS person, e.vendor, e.address, e.device, e.alias, e.platform, e.environment, e.status
         FROM endpoint e JOIN recipient r ON r.organisation_id = e.organisation_id AND r.id = e.recipient_id
        WHERE e.kind = 'push' AND e.recipient_id = $1 ORDER BY e.id`,
      [userId],
    );
  }

  query<R>(sql: string, values: unknown[]): Promise<R[]> {
    return this.app.nest.get(DataSource).query<R[]>(sql, values);
  }

  private async createChannel(): Promise<void> {
    const rules = [
      { match: ONLINE, status: 'accepted' },
      { match: '*', status: 'unreachable', code: 'offline' },
    ];
    const settings = { rules, receipts: { delivered: 1 } };
    await this.native('POST', '/api/v1/vendor-accounts', { code: 'live', vendor: 'sandbox', settings });
    for (const vendor of VENDORS) {
      await this.native('POST', '/api/v1/vendor-accounts', { code: vendor, vendor: 'sandbox', serves: vendor });
    }
    const route = ['live', ...VENDORS];
    await this.native('POST', '/api/v1/channels', { code: 'push', kind: 'push', route });
  }
}

/** A reply in its whole text. */
export const ok = (data: unknown): string => JSON.stringify({ code: 200, data, message: null });
export const failed = (code: number, message: string): string => JSON.stringify({ code, data: null, message });
/** A wrong parameter, told with the field. */
export const wrong = (detail: string): string => failed(10002, `请求参数不正确：${detail}`);
