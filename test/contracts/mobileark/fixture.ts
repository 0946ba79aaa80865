import { createHash } from 'node:crypto';
import { DataSource } from 'typeorm';
import { SecretBox } from '../../../src/access/secret-box.js';
import type { Content } from '../../../src/channels/channel-kind.js';
import { startTestApp, type TestApp, type TestOrganisation } from '../../support/test-app.js';

export const GATEWAY = '/thirdpartaccess';
export const APP_KEY = '00001';
export const SECRET = 'asd';
export const ECID = 'default';
/** Shared by all processes. */
export const SECRETS_KEY = 'a5'.repeat(32);

/** Parameters by name. */
export type Form = Record<string, string>;

/** A reply with its exact text. */
export interface MobilearkAnswer {
  status: number;
  text: string;
  body: {
    code?: string;
    subErrors?: { code: string; message: string }[];
    resultCode?: string;
    [name: string]: unknown;
  };
  /** What X-Message-Id says. */
  messageId: string | undefined;
  headers: Record<string, unknown>;
}

/** A message as it was stored. */
export interface StoredMessage {
  state: string;
  category: string;
  sender: unknown;
  options: Record<string, unknown>;
  audience: { all: boolean; devices?: unknown };
  contents: Content[];
}

interface CallOptions {
  secret?: string;
  method?: string;
  headers?: Record<string, string>;
}

/** The people of the organisation; the last ones are in no group of the requests. */
const PEOPLE = [
  { code: 'zhangsan', groups: {} },
  { code: 'lisi', groups: { departments: ['dep001'] } },
  { code: 'wangwu', groups: { departments: ['dep001'] } },
  // Below dep001.
  { code: 'qianba', groups: { departments: ['dep0011'] } },
  // Written with capitals.
  { code: 'ChenJiajia', groups: {} },
  // A code that looks like an account.
  { code: 'im_robot', groups: {} },
  { code: 'robot', groups: {} },
  { code: 'Twin', groups: {} },
  { code: 'TWIN', groups: {} },
  { code: 'gone', enabled: false, groups: {} },
];

/** Signs as the published algorithm says, apart from the code under test. */
export function sign(form: Form, secret = SECRET): string {
  const digest = createHash('sha1');
  digest.update(secret, 'utf8');
  for (const name of Object.keys(form).toSorted()) if (name !== 'sign') digest.update(name + form[name], 'utf8');
  digest.update(secret, 'utf8');
  return digest.digest('hex').toUpperCase();
}

export const encode = (form: Form): string =>
  Object.entries(form)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`)
    .join('&');

/** The organisation `default`, with an application whose key and secret are those of the published example. */
export class MobilearkFixture {
  private constructor(
    readonly app: TestApp,
    readonly organisation: TestOrganisation,
  ) {}

  static async start(): Promise<MobilearkFixture> {
    const app = await startTestApp({ SECRETS_KEY });
    const fixture = new MobilearkFixture(app, await app.organisation(ECID));
    await fixture.application('mobileark', APP_KEY);
    await fixture.createChannels();
    await fixture.createPeople();
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

  /** Registers an application under an appKey. */
  async application(
    code: string,
    appKey: string,
    {
      mobileark = {},
      secret = SECRET,
      organisation,
    }: { mobileark?: unknown; secret?: string; organisation?: string } = {},
  ): Promise<void> {
    const application = { code, name: code, settings: { mobileark } };
    await this.native('POST', '/api/v1/applications', application, organisation);
    const credential = { kind: 'app-secret', publicId: appKey, secret: secret.padEnd(8, '-') };
    await this.native('POST', `/api/v1/applications/${code}/credentials`, credential, organisation);
    // The published example has a secret that is shorter than Tidings takes.
    const sealed = this.app.nest.get(SecretBox).seal(secret);
    await this.query('UPDATE credential SET secret_sealed = $1 WHERE public_id = $2', [sealed, appKey]);
  }

  /** Signs a form and posts it; what is given without a value is left out. */
  call(
    given: Record<string, string | undefined>,
    { secret, method = 'POST', headers }: CallOptions = {},
  ): Promise<MobilearkAnswer> {
    const entries = Object.entries({ appKey: APP_KEY, format: 'json', locale: 'zh_CN', ...given });
    const form = Object.fromEntries(entries.filter((entry): entry is [string, string] => entry[1] !== undefined));
    const body = encode({ sign: sign(form, secret), ...form });
    if (method === 'GET') return this.send(method, `${GATEWAY}?${body}`);
    return this.send(method, GATEWAY, body, headers);
  }

  /** Sends a body as it stands. */
  post(payload: string | Buffer, headers?: Record<string, string>): Promise<MobilearkAnswer> {
    return this.send('POST', GATEWAY, payload, headers);
  }

  async send(
    method: string,
    url: string,
    payload?: string | Buffer,
    headers: Record<string, string> = { 'content-type': 'application/x-www-form-urlencoded' },
  ): Promise<MobilearkAnswer> {
    const body = payload === undefined ? {} : { payload, headers };
    const reply = await this.app.inject({ method, url, ...body });
    const id = reply.headers['x-message-id'];
    return {
      status: reply.statusCode,
      text: reply.payload,
      body: (reply.payload === '' ? {} : JSON.parse(reply.payload)) as MobilearkAnswer['body'],
      messageId: typeof id === 'string' ? id : undefined,
      headers: reply.headers,
    };
  }

  /** One line per delivery: channel, person or address, and state. */
  async deliveries(messageId: string | undefined): Promise<string[]> {
    await this.app.drain();
    const rows = await this.query<{ line: string }>(
      `SELECT concat_ws(' ', c.code, coalesce(r.code, e.address), d.state) AS line
         FROM delivery d
         JOIN channel c ON c.organisation_id = d.organisation_id AND c.id = d.channel_id
         JOIN endpoint e ON e.organisation_id = d.organisation_id AND e.id = d.endpoint_id
         LEFT JOIN recipient r ON r.organisation_id = d.organisation_id AND r.id = d.recipient_id
        WHERE d.message_id = $1 ORDER BY 1`,
      [messageId],
    );
    return rows.map(({ line }) => line);
  }

  async message(messageId: string | undefined): Promise<StoredMessage> {
    const [row] = await this.query<StoredMessage>(
      `SELECT state, category, sender, options, audience,
              ARRAY(SELECT c->'content' FROM jsonb_array_elements(channels) AS c) AS contents
         FROM message WHERE id = $1`,
      [messageId],
    );
    if (row === undefined) throw new Error(`There is no message ${messageId}`);
    return row;
  }

  async messageCount(): Promise<number> {
    const [row] = await this.query<{ count: number }>('SELECT count(*)::int AS count FROM message', []);
    return row?.count ?? 0;
  }

  /** What one message put into a person's inbox, as the person reads it. */
  async inbox(person: string, messageId: string | undefined): Promise<Record<string, unknown>[]> {
    const page = await this.native('GET', `/api/v1/recipients/${person}/inbox?limit=200`);
    return (page as { items: Record<string, unknown>[] }).items.filter((item) => item.messageId === messageId);
  }

  /** What the SMS account took of one message: address and content. */
  async texts(messageId: string): Promise<{ address: string; content: Content }[]> {
    const page = await this.native('GET', '/api/v1/vendor-accounts/sms/sandbox-messages?limit=200');
    const { items } = page as { items: { address: string; content: Content; reference: string }[] };
    const prefix = `${BigInt(messageId).toString(36)}-`;
    return items
      .filter(({ reference }) => reference.startsWith(prefix))
      .map(({ address, content }) => ({ address, content }))
      .sort((left, right) => left.address.localeCompare(right.address));
  }

  query<R>(sql: string, values: unknown[]): Promise<R[]> {
    return this.app.nest.get(DataSource).query<R[]>(sql, values);
  }

  private async createChannels(): Promise<void> {
    await this.native('POST', '/api/v1/vendor-accounts', { code: 'sms', vendor: 'sandbox' });
    await this.native('POST', '/api/v1/channels', { code: 'im', kind: 'inbox' });
    await this.native('POST', '/api/v1/channels', { code: 'system', kind: 'inbox' });
    await this.native('POST', '/api/v1/channels', { code: 'sms', kind: 'sms', route: ['sms'] });
  }

  private async createPeople(): Promise<void> {
    const groups = [
      { kind: 'department', code: 'dep001' },
      { kind: 'department', code: 'dep0011', parent: 'dep001' },
      { kind: 'department', code: 'dep002' },
    ];
    for (const group of groups) await this.native('POST', '/api/v1/groups', { ...group, name: group.code });
    for (const person of PEOPLE) await this.native('POST', '/api/v1/recipients', { ...person, name: person.code });
  }
}

/** The body of an error whose words are known by heart elsewhere: its code, and its details' codes. */
export const failure = ({ body }: MobilearkAnswer): string[] => [
  String(body.code),
  ...(body.subErrors ?? []).map(({ code }) => code),
];
