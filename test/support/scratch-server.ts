import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { startEmbeddedPostgres } from '../../src/database/embedded-postgres/embedded-postgres.js';

/** A database to measure in: on the server that DATABASE_URL names, or on an embedded one made for it. */
export interface Scratch {
  url: string;
  dataDir: string;
  client: Client;
  remove(): Promise<void>;
}

export async function openScratch(): Promise<Scratch> {
  const dataDir = await mkdtemp(join(tmpdir(), 'tidings-scratch-'));
  const given = process.env['DATABASE_URL'];
  const server =
    given === undefined ? await startEmbeddedPostgres({ dataDir, port: 0, log: () => undefined }) : undefined;
  const name = `tidings_scratch_${randomBytes(5).toString('hex')}`;
  const url = new URL(given ?? server?.url ?? '');
  const admin = new Client({ connectionString: url.href });
  await admin.connect();
  await admin.query(`CREATE DATABASE ${name}`);
  url.pathname = `/${name}`;
  const client = new Client({ connectionString: url.href });
  await client.connect();
  return {
    url: url.href,
    dataDir,
    client,
    remove: async () => {
      await client.end();
      await admin.query(`DROP DATABASE ${name} WITH (FORCE)`);
      await admin.end();
      await server?.stop();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
