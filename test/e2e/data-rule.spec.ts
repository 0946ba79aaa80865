import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { Client } from 'pg';
import { getMetadataArgsStorage } from 'typeorm';
import { ENTITIES } from '../../src/database/entities.js';
import { PLAIN_TABLES, tenantOwnedTables } from '../support/hash-partitioned.js';
import { createTestDatabase, type TestDatabase } from '../support/test-database.js';

/** Where docker/citus.sql puts each table. */
interface Placement {
  distributed: string[];
  reference: string[];
  local: string[];
}

async function citusPlacement(): Promise<Placement> {
  const script = await readFile(new URL('../../docker/citus.sql', import.meta.url), 'utf8');
  const all = (pattern: RegExp): string[] => [...script.matchAll(pattern)].map(([, table = '']) => table);
  return {
    distributed: [
      ...all(/^SELECT create_distributed_table\('(\w+)', 'organisation_id'\);$/gm),
      ...all(/^SELECT create_distributed_table\('(\w+)', 'organisation_id', colocate_with => 'recipient'\);$/gm),
    ],
    reference: all(/^SELECT create_reference_table\('(\w+)'\);$/gm),
    local: (/^-- Stay on the coordinator: (.+)\.$/m.exec(script)?.[1] ?? '').split(', '),
  };
}

const tableNames = (): string[] =>
  getMetadataArgsStorage()
    .tables.filter(({ target }) => ENTITIES.some((entity) => entity === target))
    .map(({ name }) => name ?? '');

describe('the data rule', () => {
  let database: TestDatabase;
  let client: Client;
  let owned: string[];

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new Client({ connectionString: database.url });
    await client.connect();
    owned = await tenantOwnedTables(client);
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  it('starts every primary and unique key of tenant-owned tables with the organisation', async () => {
    const { rows } = await client.query<{ table: string; index: string; first: string }>(
      `SELECT i.indrelid::regclass::text AS table, i.indexrelid::regclass::text AS index, a.attname AS first
         FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
        WHERE (i.indisunique OR i.indisprimary) AND i.indrelid = ANY ($1::regclass[])`,
      [owned],
    );
    expect(new Set(rows.map(({ table }) => table))).toEqual(new Set(owned));
    expect(rows.filter(({ first }) => first !== 'organisation_id')).toEqual([]);
  });

  it('links tenant-owned tables with the organisation first on both sides', async () => {
    const { rows } = await client.query<{ name: string; of: string; to: string; from: string; target: string }>(
      `SELECT c.conname AS name, c.conrelid::regclass::text AS of, c.confrelid::regclass::text AS to, a.attname AS from,
              b.attname AS target
         FROM pg_constraint c
         JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
         JOIN pg_attribute b ON b.attrelid = c.confrelid AND b.attnum = c.confkey[1]
        WHERE c.contype = 'f' AND c.conrelid = ANY ($1::regclass[])`,
      [[...owned, ...PLAIN_TABLES]],
    );
    expect(rows.length).toBeGreaterThan(15);
    const right = ({ from, to, target }: (typeof rows)[number]): boolean =>
      from === 'organisation_id' && target === (to === 'organisation' ? 'id' : 'organisation_id');
    expect(rows.filter((row) => !right(row))).toEqual([]);
    expect(rows.filter(({ to }) => to !== 'organisation' && !owned.includes(to))).toEqual([]);
  });

  it('has a place in a cluster for every table, once', async () => {
    const { distributed, reference, local } = await citusPlacement();
    expect([...distributed, ...reference, ...local].sort()).toEqual([...tableNames(), 'migration'].sort());
  });

  it('spreads what organisations own by organisation, next to each other', async () => {
    const { distributed, reference, local } = await citusPlacement();
    // Credentials are looked up by secret on the coordinator, and their applications must stand beside them.
    expect([...distributed, 'application'].sort()).toEqual([...owned].sort());
    expect(reference).toEqual(['organisation', 'application']);
    expect(local.filter((table) => owned.includes(table))).toEqual([]);
  });
});
