import { DataSource } from 'typeorm';
import type { Content } from '../../../src/channels/channel-kind.js';
import { startTestApp, type TestApp, type TestOrganisation } from '../../support/test-app.js';

export const DOMAIN_ID = 'atwork';
export const ORG_ID = 'a918d8a6-67e9-4e76-8503-baa73d3c6fd2';
export const APP_ID = '92bc3faa-12bd-4afc-9962-01f2410f0bee';
export const CLIENT_ID = 'AppKey';
export const CLIENT_SECRET = '5tAkUIt1rrnP0WNLg7BWYuuqwzn3xRoO';
/** The person of the document's samples, in department 301 below 232. */
export const PERSON = 'c24b6a94cfb14b79af12a1399edc9e31';
/** The person of the template's sample, in no department. */
export const LONER = 'a86e83a26be44eb59806901cc8be5d5c';
export const TEMPLATE_ID = '152891af-1bec-4a18-8201-a58e08a7afad';
export const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** When the tests' clock stands still. */
export const NOW = Date.parse('2026-12-01T02:00:00.000Z');

/** A reply with its exact text. */
export interface WorkPlusAnswer {
  http: number;
  text: string;
  headers: Record<string, unknown>;
  body: { status: number; message: string; result?: unknown };
}

/** What a push is answered with. */
export interface PushResult {
  id: string;
  material_id: string;
  expects: number;
  fails: number;
  oks: number;
  scopes: string[];
  client_ids: string[];
}

/** A message as it was stored. */
export interface StoredMessage {
  id: string;
  state: string;
  api: string;
  category: string;
  priority: number;
  options: Record<string, unknown>;
  audience: { all: boolean; devices?: { platforms?: string[] } };
  content: Content & { ext: { workplus: { type: string; platforms: string[]; body: Record<string, unknown> } } };
  templateId: number | null;
  unresolved: { users: string[]; scopes: string[] };
}

/** An item of a person's inbox. */
export interface InboxItem {
  messageId: string;
  channel: string;
  title: string | null;
  text: string | null;
  html: string | null;
  url: string | null;
  category: string;
}

const PEOPLE = [
  { code: 'kf105', clientId: PERSON, groups: { departments: ['301'] } },
  { code: 'zhangsan', clientId: LONER },
  { code: 'lisi', clientId: 'client-lisi', groups: { departments: ['232'] } },
  { code: 'wangwu', clientId: 'client-wangwu', groups: { departments: ['400', '301'] } },
  { code: '13800138000', groups: { departments: ['400'] } },
];

const LINES = ['流程编号:{{keyword1.DATA}}', '日期:{{keyword2.DATA}}', '单号:{{keyword3.DATA}} {{keyword4.DATA}}'];

/** The organisation of the document on an application of its own. */
export class WorkPlusFixture {
  private constructor(
    readonly app: TestApp,
    readonly organisation: TestOrganisation,
    /** An access token of the application. */
    public token = '',
  ) {}

  static async start(settings: object = {}): Promise<WorkPlusFixture> {
    const app = await startTestApp();
    const fixture = new WorkPlusFixture(app, await app.organisation('workplus'));
    await fixture.application('portal', CLIENT_ID, { orgId: ORG_ID, appId: APP_ID, ...settings });
    await fixture.native('POST', '/api/v1/channels', { code: 'app', kind: 'inbox' });
    await fixture.createPeople();
    const contents = { inbox: { 'zh-CN': { title: '模板标题', text: LINES.join('\n') } } };
    await fixture.native('POST', '/api/v1/templates', { code: TEMPLATE_ID, name: '流程', contents });
    await fixture.native('POST', `/api/v1/templates/${TEMPLATE_ID}/versions/1/publish`);
    fixture.token = await fixture.grant();
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

  /** Registers an application under a client id, with the secret that all have here. */
  async application(code: string, clientId: string, workplus?: object, organisation?: string): Promise<void> {
    const settings = workplus === undefined ? {} : { workplus: { domainId: DOMAIN_ID, orgId: ORG_ID, ...workplus } };
    await this.native('POST', '/api/v1/applications', { code, name: code, settings }, organisation);
    const credential = { kind: 'client-secret', publicId: clientId, secret: CLIENT_SECRET };
    await this.native('POST', `/api/v1/applications/${code}/credentials`, credential, organisation);
  }

  /** Gets a token as the document says. */
  async grant(clientId = CLIENT_ID): Promise<string> {
    const { body, text } = await this.post('/v1/token', tokenRequest({ client_id: clientId }));
    if (body.status !== 0) throw new Error(`No token: ${text}`);
    return (body.result as { access_token: string }).access_token;
  }

  /** Sends a text as it stands, or an object as JSON. */
  post(path: string, body: string | object, headers: Record<string, string> = {}): Promise<WorkPlusAnswer> {
    const payload = typeof body === 'string' ? body : JSON.stringify(body);
    return this.request('POST', path, { 'content-type': 'application/json', ...headers }, payload);
  }

  get(path: string): Promise<WorkPlusAnswer> {
    return this.request('GET', path);
  }

  async request(
    method: string,
    path: string,
    headers: Record<string, string> = {},
    payload?: string | Buffer,
  ): Promise<WorkPlusAnswer> {
    const reply = await this.app.inject({
      method,
      url: path,
      headers,
      ...(payload === undefined ? {} : { payload }),
    });
    const json = String(reply.headers['content-type']).includes('json');
    return {
      http: reply.statusCode,
      text: reply.payload,
      headers: reply.headers,
      body: (json ? JSON.parse(reply.payload) : {}) as WorkPlusAnswer['body'],
    };
  }

  /** A path with the token in its query. */
  path(path: string, query: Record<string, string> = {}): string {
    return `${path}?${new URLSearchParams({ access_token: this.token, ...query }).toString()}`;
  }

  /** Pushes with the token in the query. */
  push(body: string | object, query: Record<string, string> = {}): Promise<WorkPlusAnswer> {
    return this.post(this.path('/v1/apps/mbox', query), body);
  }

  /** Pushes what must be accepted, does the work, and returns the result. */
  async pushed(body: string | object, query: Record<string, string> = {}): Promise<PushResult> {
    const { body: reply, text } = await this.push(body, query);
    if (reply.status !== 0) throw new Error(`The push was refused: ${text}`);
    await this.app.drain();
    return reply.result as PushResult;
  }

  /** What a refused push is answered with; the HTTP status must be 200. */
  async refusal(body: string | object, query: Record<string, string> = {}): Promise<WorkPlusAnswer['body']> {
    const before = await this.messageCount();
    const { http, body: reply } = await this.push(body, query);
    if (http !== 200) throw new Error(`The push was answered with HTTP ${http}`);
    if ((await this.messageCount()) !== before) throw new Error('A refused push left a message');
    return reply;
  }

  /** The message a push made. */
  async message(planId: string): Promise<StoredMessage> {
    const [row] = await this.query<StoredMessage>(
      `SELECT id, state, api, category, priority, options, audience, channels->0->'content' AS content,
              template_id AS "templateId", unresolved
         FROM message WHERE correlation_id = $1`,
      [planId],
    );
    if (row === undefined) throw new Error(`There is no message for ${planId}`);
    return row;
  }

  async messageCount(): Promise<number> {
    const [row] = await this.query<{ count: number }>('SELECT count(*)::int AS count FROM message', []);
    return row?.count ?? 0;
  }

  /** The people who got a push, by code. */
  async reached(planId: string): Promise<string[]> {
    const rows = await this.query<{ code: string }>(
      `SELECT r.code FROM delivery d
         JOIN message m ON m.organisation_id = d.organisation_id AND m.id = d.message_id
         JOIN recipient r ON r.organisation_id = d.organisation_id AND r.id = d.recipient_id
        WHERE m.correlation_id = $1 AND d.state IN ('sent', 'delivered', 'read') ORDER BY 1`,
      [planId],
    );
    return rows.map(({ code }) => code);
  }

  /** What one push put into a person's inbox, as the person reads it. */
  async inbox(person: string, planId: string): Promise<InboxItem[]> {
    const { id } = await this.message(planId);
    const page = await this.native('GET', `/api/v1/recipients/${person}/inbox?limit=200`);
    return (page as { items: InboxItem[] }).items.filter((item) => item.messageId === id);
  }

  query<R>(sql: string, values: unknown[]): Promise<R[]> {
    return this.app.nest.get(DataSource).query<R[]>(sql, values);
  }

  private async createPeople(): Promise<void> {
    const groups = [{ code: '232' }, { code: '301', parent: '232' }, { code: '400' }];
    for (const group of groups) {
      await this.native('POST', '/api/v1/groups', { kind: 'department', name: group.code, ...group });
    }
    for (const person of PEOPLE) await this.native('POST', '/api/v1/recipients', { name: person.code, ...person });
  }
}

/** The request of the document's token page, changed. */
export const tokenRequest = (change: object = {}): object => ({
  grant_type: 'client_credentials',
  scope: 'app',
  domain_id: DOMAIN_ID,
  org_id: ORG_ID,
  client_id: CLIENT_ID,
  client_secret: CLIENT_SECRET,
  ...change,
});

/** A whole success. */
export const ok = (result: unknown): object => ({ status: 0, message: 'Everything is ok.', result });

export const TOKEN_NOT_FOUND = { status: 10011, message: 'token not found.' };
export const NO_EMPLOYEE = { status: 202012, message: '没有对应的雇员' };
export const invalid = (field: string): object => ({ status: 10001, message: `invalid parameter: ${field}` });

/** A push of a text to the person of the samples, changed. */
export const textPush = (change: object = {}): Record<string, unknown> => ({
  type: 'TEXT',
  body: { content: 'c' },
  client_ids: [PERSON],
  ...change,
});
