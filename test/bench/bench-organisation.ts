import { seedPeople } from '../support/seed-people.js';
import type { Scratch } from '../support/scratch-server.js';
import { ServerProcess } from '../support/server-process.js';
import { ADMIN_KEY } from './bench-line.js';

/** An organisation to measure in: channels `inbox` and `sms`, the latter through `vendor`, and people P1, P2 … */
export interface BenchOrganisation {
  id: number;
  code: string;
  /** Key of an application that may send. */
  key: string;
}

/** What the vendor account of `sms` is; the sandbox keeps no journal, as no real vendor writes into this database. */
export interface BenchVendor {
  vendor: string;
  settings: Record<string, unknown>;
}

const SANDBOX: BenchVendor = { vendor: 'sandbox', settings: { journal: false } };

/** A folder in which each process of Tidings leaves a CPU profile when it ends. */
const { BENCH_PROFILES } = process.env;
const FLAGS = ['--enable-source-maps'];
if (BENCH_PROFILES !== undefined) FLAGS.push('--cpu-prof', `--cpu-prof-dir=${BENCH_PROFILES}`);

/** Starts Tidings on the scratch database with what the environment adds. */
export const startTidings = (scratch: Scratch, environment: Record<string, string> = {}): Promise<ServerProcess> =>
  ServerProcess.start(
    {
      DATABASE_URL: scratch.url,
      DATA_DIR: scratch.dataDir,
      ...environment,
    },
    ADMIN_KEY,
    FLAGS,
  );

/** Makes an organisation through the API, and its people in the tables. */
export async function makeOrganisation(
  scratch: Scratch,
  code: string,
  people: number,
  vendor: BenchVendor = SANDBOX,
): Promise<BenchOrganisation> {
  const server = await startTidings(scratch, { ROLES: 'api' });
  try {
    const create = <T>(path: string, body: unknown): Promise<T> => server.call('POST', `/api/v1/${path}`, body, code);
    const { id } = await server.call<{ id: string }>('POST', '/api/v1/organisations', { code, name: code });
    await create('vendor-accounts', { code: 'vendor', name: 'Vendor', ...vendor });
    await create('channels', { code: 'sms', name: 'SMS', kind: 'sms', route: ['vendor'] });
    await create('channels', { code: 'inbox', name: 'Inbox', kind: 'inbox' });
    if (vendor.vendor === 'sandbox')
      await create('channels', { code: 'push', name: 'Push', kind: 'push', route: ['vendor'] });
    await create('applications', { code: 'caller', name: 'Caller' });
    const { secret } = await create<{ secret: string }>('applications/caller/credentials', {
      kind: 'api-key',
      scopes: ['send', 'read', 'directory'],
    });
    await seedPeople(scratch.client, Number(id), people);
    return { id: Number(id), code, key: secret };
  } finally {
    await server.stop();
  }
}

/** What a line left unsent is nobody's work any more. */
export async function forgetMessages({ client }: Scratch, { id }: BenchOrganisation): Promise<void> {
  await client.query(
    `UPDATE message SET state = 'cancelled' WHERE organisation_id = $1 AND state IN ('scheduled', 'accepted', 'planning', 'sending')`,
    [id],
  );
  await client.query('DELETE FROM batch WHERE organisation_id = $1', [id]);
}

/** Before each line: nothing of an earlier one is looked into, or slows down what looks. */
export async function tidy({ client }: Scratch): Promise<void> {
  await client.query('DELETE FROM ready_work');
  await client.query('VACUUM (ANALYZE) message, batch, message_statistic, daily_statistic');
}
