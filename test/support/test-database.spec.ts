import { afterEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from './test-database.js';

async function query(url: string, sql: string): Promise<unknown[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>({ text: sql })).rows;
  } finally {
    await client.end();
  }
}

const TABLES = `SELECT count(*)::int AS tables FROM pg_tables WHERE schemaname = 'public'`;

describe('createTestDatabase', () => {
  let databases: TestDatabase[] = [];

  afterEach(async () => {
    await Promise.all(databases.map((database) => database.drop()));
    databases = [];
  });

  it('makes migrated databases that know nothing of each other, several at once', async () => {
    databases = await Promise.all([createTestDatabase(), createTestDatabase(), createTestDatabase()]);
    const [first, second] = databases as [TestDatabase, TestDatabase];
    await query(first.url, 'CREATE TABLE mine ()');
    const [inFirst] = (await query(first.url, TABLES)) as [{ tables: number }];
    const [inSecond] = (await query(second.url, TABLES)) as [{ tables: number }];
    expect(inSecond.tables).toBeGreaterThan(0);
    expect(inFirst.tables).toBe(inSecond.tables + 1);
  });

  it('drops a database that somebody is still connected to', async () => {
    const database = await createTestDatabase();
    const idle = new Client({ connectionString: database.url });
    const disconnected = new Promise((resolve) => idle.on('error', resolve));
    await idle.connect();
    await database.drop();
    await disconnected;
    await expect(query(database.url, 'SELECT')).rejects.toThrow('does not exist');
  });
});
