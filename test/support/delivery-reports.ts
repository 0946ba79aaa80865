import type { Counters } from './small-organisation.js';
import type { Reply, TestApp, TestOrganisation } from './test-app.js';

/** A delivery as `GET /api/v1/deliveries` tells it. */
export interface DeliveryReport {
  reference: string;
  messageId: string;
  channel: string;
  endpointId: string;
  recipient: string | null;
  vendorAccount: string;
  state: string;
  reason: string | null;
  sentAt: string | null;
  deliveredAt: string | null;
  readAt: string | null;
  failedAt: string | null;
}

export const NOTHING: Counters = { target: 0, sent: 0, delivered: 0, read: 0, failed: 0, unknown: 0 };

/** All deliveries of a message of at most 200 endpoints. */
export async function reportsOf(organisation: TestOrganisation, message: string): Promise<DeliveryReport[]> {
  const { body } = await organisation.call('GET', `/api/v1/deliveries?message=${message}&limit=200`);
  return (body as { items: DeliveryReport[] }).items;
}

/** The counters of a message, over all channels. */
export async function totalOf(organisation: TestOrganisation, message: string): Promise<Counters> {
  const { body } = await organisation.call('GET', `/api/v1/statistics/messages/${message}`);
  return (body as { total: Counters }).total;
}

/** The organisation's counters of the clock's day. */
export async function totalToday(app: TestApp, organisation: TestOrganisation): Promise<Counters> {
  const day = app.clock.now().toISOString().slice(0, 10);
  const { body } = await organisation.call('GET', `/api/v1/statistics/days?from=${day}&to=${day}`);
  return (body as { total: Counters }).total;
}

/** Makes a second application with every scope, and returns how to call with its key. */
export async function secondApplication(
  app: TestApp,
  { code }: TestOrganisation,
): Promise<(method: string, path: string, body?: unknown) => Promise<Reply>> {
  const organisation = { organisation: code };
  const made = await app.admin('POST', '/api/v1/applications', { code: 'second', name: 'Second' }, organisation);
  const path = `/api/v1/applications/~${(made.body as { id: string }).id}/credentials`;
  const scopes = ['send', 'read', 'directory', 'templates', 'operate'];
  const credential = await app.admin('POST', path, { kind: 'api-key', scopes }, organisation);
  const authorization = `Bearer ${(credential.body as { secret: string }).secret}`;
  return (method, url, body) => app.call(method, url, body, { authorization });
}
