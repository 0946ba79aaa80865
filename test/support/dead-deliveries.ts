import { ReceiptService } from '../../src/deliveries/receipt-service.js';
import type { Receipt } from '../../src/vendors/vendor.js';
import type { SmallOrganisation } from './small-organisation.js';
import type { Reply, TestApp, TestOrganisation } from './test-app.js';

const HOUR = 3_600_000;

/** Sends a message by SMS and lets time pass until every try has been made. */
export async function sendUntilGivenUp(
  app: TestApp,
  organisation: SmallOrganisation,
  audience: Record<string, unknown>,
  more: Record<string, unknown> = {},
): Promise<string> {
  await organisation.setSandbox({ rules: [{ match: '1*', status: 'retry', code: 'busy' }] });
  const id = await organisation.send({ audience, content: { sms: { text: 'hello' } }, ...more });
  await passTries(app, organisation, id);
  return id;
}

/** Lets time pass until every try of a message has been made. The account may rest meanwhile, as nothing works. */
export async function passTries(app: TestApp, organisation: SmallOrganisation, message: string): Promise<void> {
  for (let hours = 0; hours < 60; hours++) {
    await app.drain();
    await app.clock.advance(HOUR);
    if ((await organisation.message(message)).state === 'done') return;
  }
  throw new Error(`Message ${message} was not done after 60 hours`);
}

/** What the sandbox account says of deliveries, applied. */
export async function hearOf(
  app: TestApp,
  organisation: TestOrganisation,
  references: (string | undefined)[],
  status: Receipt['status'],
): Promise<void> {
  const account = await organisation.call('GET', '/api/v1/vendor-accounts/sandbox');
  const id = Number((account.body as { id: string }).id);
  const receipts = references.map((reference = ''): Receipt => ({ reference, status, at: app.clock.now() }));
  const service = app.nest.get(ReceiptService);
  const applied = service.submit({ organisationId: Number(organisation.id), id }, receipts);
  await service.flush();
  await applied;
}

/** Phone numbers that nobody has. */
export const phones = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => String(13_700_000_000 + index));

/** Makes the same call several times at once. */
export const atOnce = (times: number, call: () => Promise<Reply>): Promise<Reply[]> =>
  Promise.all(Array.from({ length: times }, call));
