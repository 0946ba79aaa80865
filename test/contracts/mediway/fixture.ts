import { DataSource } from 'typeorm';
import type { Content } from '../../../src/channels/channel-kind.js';
import { startTestApp, type TestApp, type TestOrganisation } from '../../support/test-app.js';

export const APP_ID = '102343444';
export const MESSAGE_PATH = '/api/openApi/message';

/** A reply with its exact text. */
export interface MediwayAnswer {
  status: number;
  text: string;
  body: { code: number | string; msg: string; msgId?: string; data?: unknown };
}

/** A message as it was stored. */
export interface StoredMessage {
  state: string;
  category: string;
  priority: number;
  correlationId: string | null;
  sender: unknown;
  options: Record<string, unknown>;
  sendAt: Date | null;
  contents: Content[];
  unresolved: Record<string, string[]>;
}

/** What a sandbox account took for one address. */
export interface SandboxMessage {
  address: string;
  reference: string;
  content: Content;
}

/** An item of a person's inbox. */
export interface InboxItem {
  messageId: string;
  channel: string;
  title: string | null;
  html: string | null;
  url: string | null;
  readAt: string | null;
}

/** Everyone of the document, and who else is needed to see that they are not reached. */
const PEOPLE = [
  // Reached by a user code, a department, a post and a role at once.
  {
    code: 'USER001',
    phone: '13900000001',
    groups: { departments: ['DEPT001'], posts: ['POST001'], roles: ['ROLE001'] },
  },
  { code: 'USER002', phone: '13900000002', groups: {} },
  // Below DEPT001.
  { code: 'USER003', phone: '13900000003', groups: { departments: ['DEPT0011'] } },
  { code: 'USER004', phone: '13900000004', groups: { departments: ['DEPT002'], posts: ['POST002'] } },
  // Without a phone.
  { code: 'USER005', groups: { roles: ['ROLE002'] } },
  // In none of the document's groups.
  { code: 'USER006', phone: '13900000006', groups: {} },
];

const TEMPLATE = {
  code: 'MSG1001',
  name: '检查提醒',
  contents: {
    sms: { 'zh-CN': { text: '${name}，您的检查编号是${code}。', sign: '东华医为' } },
    inbox: { 'zh-CN': { title: '检查 ${code}', html: '<p>${name}，您好</p>' } },
  },
};

/** The organisation of the document on an application of its own. */
export class MediwayFixture {
  private constructor(
    readonly app: TestApp,
    readonly organisation: TestOrganisation,
  ) {}

  static async start(): Promise<MediwayFixture> {
    const app = await startTestApp();
    const fixture = new MediwayFixture(app, await app.organisation('hospital'));
    await fixture.application('mediway', APP_ID);
    await fixture.createChannels();
    await fixture.createPeople();
    await fixture.native('POST', '/api/v1/templates', TEMPLATE);
    await fixture.native('POST', '/api/v1/templates/MSG1001/versions/1/publish');
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

  /** Registers an application under an appId. */
  async application(code: string, appId: string, mediway: object = {}, organisation?: string): Promise<void> {
    const application = { code, name: code, settings: { mediway } };
    await this.native('POST', '/api/v1/applications', application, organisation);
    const credential = { kind: 'app-id', publicId: appId };
    await this.native('POST', `/api/v1/applications/${code}/credentials`, credential, organisation);
  }

  /** Makes an access token of an application and returns it. */
  async token(code: string): Promise<string> {
    const made = await this.native('POST', `/api/v1/applications/${code}/credentials`, { kind: 'access-token' });
    return (made as { secret: string }).secret;
  }

  /** Sends a text as it stands, or an object as JSON. */
  post(path: string, body: string | object, headers: Record<string, string> = {}): Promise<MediwayAnswer> {
    const payload = typeof body === 'string' ? body : JSON.stringify(body);
    return this.request('POST', path, { 'content-type': 'application/json', ...headers }, payload);
  }

  async request(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    payload?: string | Buffer,
  ): Promise<MediwayAnswer> {
    const url = path.startsWith('/api/') ? path : `${MESSAGE_PATH}/${path}`;
    const reply = await this.app.inject({ method, url, headers, ...(payload === undefined ? {} : { payload }) });
    return {
      status: reply.statusCode,
      text: reply.payload,
      body: (reply.payload === '' ? {} : JSON.parse(reply.payload)) as MediwayAnswer['body'],
    };
  }

  /** Pushes what must be accepted, does the work, and returns the message's id. */
  async sent(path: 'push/channel' | 'push/template', body: string | object): Promise<string> {
    const { text, body: reply } = await this.post(path, body);
    if (reply.msgId === undefined) throw new Error(`The push was refused: ${text}`);
    await this.app.drain();
    return reply.msgId;
  }

  /** One line per delivery: channel, person or address, state and reason. */
  async deliveries(messageId: string): Promise<string[]> {
    const rows = await this.query<{ line: string }>(
      `SELECT concat_ws(' ', c.code, coalesce(r.code, e.address), d.state, d.reason) AS line
         FROM delivery d
         JOIN channel c ON c.organisation_id = d.organisation_id AND c.id = d.channel_id
         JOIN endpoint e ON e.organisation_id = d.organisation_id AND e.id = d.endpoint_id
         LEFT JOIN recipient r ON r.organisation_id = d.organisation_id AND r.id = d.recipient_id
        WHERE d.message_id = $1 ORDER BY 1`,
      [messageId],
    );
    return rows.map(({ line }) => line);
  }

  async message(messageId: string): Promise<StoredMessage> {
    const [row] = await this.query<StoredMessage>(
      `SELECT state, category, priority, correlation_id AS "correlationId", sender, options, send_at AS "sendAt", unresolved,
              ARRAY(SELECT c->'content' FROM jsonb_array_elements(channels) AS c WHERE c ? 'content') AS contents
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

  /** What a sandbox account took of one message, by address. */
  async sandbox(account: 'sms' | 'email', messageId: string): Promise<SandboxMessage[]> {
    const page = await this.native('GET', `/api/v1/vendor-accounts/${account}/sandbox-messages?limit=200`);
    const { items } = page as { items: SandboxMessage[] };
    const prefix = `${BigInt(messageId).toString(36)}-`;
    const ofMessage = items.filter(({ reference }) => reference.startsWith(prefix));
    return ofMessage.sort((left, right) => left.address.localeCompare(right.address));
  }

  /** What one message put into a person's inbox, as the person reads it. */
  async inbox(person: string, messageId: string): Promise<InboxItem[]> {
    const page = await this.native('GET', `/api/v1/recipients/${person}/inbox?limit=200`);
    return (page as { items: InboxItem[] }).items.filter((item) => item.messageId === messageId);
  }

  private query<R>(sql: string, values: unknown[]): Promise<R[]> {
    return this.app.nest.get(DataSource).query<R[]>(sql, values);
  }

  private async createChannels(): Promise<void> {
    await this.native('POST', '/api/v1/vendor-accounts', { code: 'sms', vendor: 'sandbox' });
    await this.native('POST', '/api/v1/vendor-accounts', { code: 'email', vendor: 'sandbox' });
    await this.native('POST', '/api/v1/channels', { code: '1001', kind: 'sms', route: ['sms'] });
    await this.native('POST', '/api/v1/channels', { code: '1002', kind: 'inbox' });
    await this.native('POST', '/api/v1/channels', { code: '1003', kind: 'email', route: ['email'] });
  }

  private async createPeople(): Promise<void> {
    const groups = [
      { kind: 'department', code: 'DEPT001' },
      { kind: 'department', code: 'DEPT0011', parent: 'DEPT001' },
      { kind: 'department', code: 'DEPT002' },
      { kind: 'post', code: 'POST001' },
      { kind: 'post', code: 'POST002' },
      { kind: 'role', code: 'ROLE001' },
      { kind: 'role', code: 'ROLE002' },
    ];
    for (const group of groups) await this.native('POST', '/api/v1/groups', { ...group, name: group.code });
    for (const person of PEOPLE) {
      const email = `${person.code.toLowerCase()}@example.com`;
      await this.native('POST', '/api/v1/recipients', { ...person, name: person.code, email });
    }
  }
}
