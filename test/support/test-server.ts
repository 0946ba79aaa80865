import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../../src/database/embedded-postgres/embedded-postgres.js';
import { migrate } from '../../src/database/migrate.js';

interface TestServer {
  url: string;
  stop(): Promise<void>;
}

let running: { server: TestServer; template: string } | undefined;

/**
 * Once per test run: a server (the one DATABASE_URL names, or an embedded one in a temporary folder) and on it a migrated
 * template, of which each test file takes a copy with createTestDatabase(). The environment tells the test files of it.
 */
export async function startTestServer(): Promise<void> {
  const server = await openServer();
  const template = `tidings_test_template_${randomBytes(4).toString('hex')}`;
  running = { server, template };
  // Jest dies of these without running the global teardown.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, stopAndExit);
  try {
    await createTemplate(server.url, template);
  } catch (error) {
    await stopTestServer();
    throw error;
  }
  process.env.TIDINGS_TEST_SERVER = server.url;
  process.env.TIDINGS_TEST_TEMPLATE = template;
}

/** Drops the template and all its copies, also those of test files that failed, and stops the server when it is ours. */
export async function stopTestServer(): Promise<void> {
  if (!running) return;
  const { server, template } = running;
  running = undefined;
  try {
    await onServer(server.url, async (client) => {
      const copies = await client.query<{ name: string }>(
        'SELECT datname AS name FROM pg_database WHERE starts_with(datname, $1)',
        [template],
      );
      for (const { name } of copies.rows) await client.query(`DROP DATABASE "${name}" WITH (FORCE)`);
    });
  } finally {
    await server.stop();
  }
}

function stopAndExit(): void {
  void stopTestServer().finally(() => process.exit(1));
}

async function openServer(): Promise<TestServer> {
  const url = process.env.DATABASE_URL;
  if (url) return { url, stop: async () => undefined };
  const dataDir = await mkdtemp(join(tmpdir(), 'tidings-test-'));
  const removeData = (): Promise<void> => rm(dataDir, { recursive: true, force: true });
  try {
    const postgres = await startEmbeddedPostgres({ dataDir, port: 0, log: () => undefined, durable: false });
    return { url: postgres.url, stop: () => postgres.stop().then(removeData) };
  } catch (error) {
    await removeData();
    throw error;
  }
}

async function createTemplate(serverUrl: string, template: string): Promise<void> {
  await onServer(serverUrl, async (client) => {
    // template0, because a server's template1 may hold things of its owner.
    await client.query(`CREATE DATABASE "${template}" TEMPLATE template0 ENCODING 'UTF8'`);
    const url = new URL(serverUrl);
    url.pathname = `/${template}`;
    await migrate(url.href);
    // PostgreSQL copies no database that somebody is connected to; autovacuum stays away from this one, too.
    await client.query(`ALTER DATABASE "${template}" ALLOW_CONNECTIONS false`);
  });
}

async function onServer(url: string, work: (client: Client) => Promise<void>): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
