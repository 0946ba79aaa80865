import { randomBytes } from 'node:crypto';
import { Client } from 'pg';

/** Any number, the same in every test file: copies of the template are made one after the other. */
const COPY_LOCK = 7_468_102;

/** A migrated, empty database that nobody else uses. */
export interface TestDatabase {
  url: string;
  /** Ends all sessions on it and removes it. */
  drop(): Promise<void>;
}

/**
 * Makes a database for one test file, as a copy of the template that the global setup migrated.
 *
 * @example
 * let database: TestDatabase;
 * beforeAll(async () => { database = await createTestDatabase(); });
 * afterAll(() => database.drop());
 */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = required('TIDINGS_TEST_SERVER');
  const template = required('TIDINGS_TEST_TEMPLATE');
  // The template's name is part of it, so that the global teardown finds what a failed test left.
  const name = `${template}_${randomBytes(6).toString('hex')}`;
  await onServer(server, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [COPY_LOCK]);
    await client.query(`CREATE DATABASE "${name}" TEMPLATE "${template}"`);
  });
  const url = new URL(server);
  url.pathname = `/${name}`;
  const drop = (): Promise<void> =>
    onServer(server, async (client) => {
      await client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`);
    });
  return { url: url.href, drop };
}

/** Runs `work` on a connection of its own; its end also gives back the advisory lock. */
async function onServer(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function required(name: string): string {
  const value = process.env[name];
  if (!value)
    throw new Error(`${name} is not set; run tests through "npm test", whose global setup starts the database`);
  return value;
}
