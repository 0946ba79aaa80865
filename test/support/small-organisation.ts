import type { TestApp, TestOrganisation } from './test-app.js';

/** What `smallOrganisation` makes, and how tests ask it things. */
export interface SmallOrganisation extends TestOrganisation {
  /** Sends a message and returns its id. */
  send(request: Record<string, unknown>): Promise<string>;
  message(id: string): Promise<{ state: string; statistics: Counters; [key: string]: unknown }>;
  deliveries(id: string): Promise<DeliveryRow[]>;
  /** What the sandbox accepted, newest first. */
  sandbox(): Promise<{ address: string; content: { text?: string } }[]>;
  setSandbox(settings: Record<string, unknown>): Promise<void>;
}

export interface Counters {
  target: number;
  sent: number;
  delivered: number;
  read: number;
  failed: number;
  unknown: number;
}

export interface DeliveryRow {
  channel: string;
  recipient: string | null;
  address: string;
  state: string;
  reason: string | null;
  attempts: number;
  account: string;
}

/**
 * Three people (U1, U2, U3; all with phones, U1 with a mailbox), department D with D2 below it (U1 in D, U2 in D2), role R (U1, U3),
 * tag T (U3); channels `sms` and `email` on a sandbox account, `inbox`.
 */
export async function smallOrganisation(app: TestApp): Promise<SmallOrganisation> {
  const organisation = await app.organisation();
  const ok = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const reply = await organisation.call(method, `/api/v1/${path}`, body);
    if (reply.status >= 300) throw new Error(`${method} ${path}: ${reply.status} ${reply.text}`);
    return reply.body;
  };
  await ok('POST', 'vendor-accounts', { code: 'sandbox', name: 'Sandbox', vendor: 'sandbox', settings: {} });
  await ok('POST', 'channels', { code: 'sms', name: 'SMS', kind: 'sms', route: ['sandbox'] });
  await ok('POST', 'channels', { code: 'email', name: 'E-mail', kind: 'email', route: ['sandbox'] });
  await ok('POST', 'channels', { code: 'inbox', name: 'Inbox', kind: 'inbox' });
  await ok('POST', 'groups', { kind: 'department', code: 'D', name: 'D' });
  await ok('POST', 'groups', { kind: 'department', code: 'D2', name: 'D2', parent: 'D' });
  await ok('POST', 'groups', { kind: 'role', code: 'R', name: 'R' });
  await ok('POST', 'groups', { kind: 'tag', code: 'T', name: 'T' });
  await ok('POST', 'recipients', {
    code: 'U1',
    name: 'One',
    phone: '13800000001',
    email: 'u1@example.test',
    groups: { departments: ['D'], roles: ['R'] },
  });
  await ok('POST', 'recipients', { code: 'U2', name: 'Two', phone: '13800000002', groups: { departments: ['D2'] } });
  await ok('POST', 'recipients', {
    code: 'U3',
    name: 'Three',
    phone: '13800000003',
    groups: { roles: ['R'], tags: ['T'] },
  });
  return {
    ...organisation,
    send: async (request) => ((await ok('POST', 'messages', request)) as { id: string }).id,
    message: async (id) => (await ok('GET', `messages/${id}`)) as Awaited<ReturnType<SmallOrganisation['message']>>,
    deliveries: async (id) =>
      ((await ok('GET', `messages/${id}/deliveries?limit=200`)) as { items: DeliveryRow[] }).items,
    sandbox: async () =>
      (
        (await ok('GET', 'vendor-accounts/sandbox/sandbox-messages?limit=200')) as {
          items: Awaited<ReturnType<SmallOrganisation['sandbox']>>;
        }
      ).items,
    setSandbox: async (settings) => void (await ok('PATCH', 'vendor-accounts/sandbox', { settings })),
  };
}
