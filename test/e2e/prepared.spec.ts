import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DataSource } from 'typeorm';
import { NEXT_DUE } from '../../src/messages/next-due.js';
import { preparedStatements } from '../../src/database/prepared.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

let app: TestApp;

beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

/** The plan of a statement for any values, on tables that are empty and about which nothing is known yet. */
async function planForAnything(database: DataSource, sql: string): Promise<string> {
  const runner = database.createQueryRunner();
  const parameters = Math.max(...[...sql.matchAll(/\$(\d+)/g)].map(([, number]) => Number(number)));
  try {
    await runner.query('SET plan_cache_mode = force_generic_plan');
    await runner.query(`PREPARE looked_at AS ${sql}`);
    const nulls = Array.from({ length: parameters }, () => 'NULL').join(', ');
    const rows = (await runner.query(`EXPLAIN (COSTS OFF) EXECUTE looked_at (${nulls})`)) as Record<string, string>[];
    await runner.query('DEALLOCATE looked_at');
    return rows.map((row) => row['QUERY PLAN']).join('\n');
  } finally {
    await runner.query('RESET plan_cache_mode');
    await runner.release();
  }
}

describe('a statement that is planned once for all values', () => {
  it('reads no whole table, even when it was planned while the tables were empty', async () => {
    const statements = preparedStatements();
    expect(statements.length).toBeGreaterThan(5);
    for (const sql of statements) {
      const plan = await planForAnything(app.nest.get(DataSource), sql);
      expect(`${sql}\n${plan.match(/Seq Scan on (?!organisation)\w+/g)?.join() ?? 'no scan'}`).toBe(`${sql}\nno scan`);
    }
  });

  it('is known to its connection by name', async () => {
    const runner = app.nest.get(DataSource).createQueryRunner();
    const horizon = new Date(0);
    await runner.query(NEXT_DUE, [1, horizon]);
    const rows: unknown = await runner.query("SELECT name FROM pg_prepared_statements WHERE name LIKE 'tidings-%'");
    await runner.release();
    expect(rows).toEqual(expect.arrayContaining([{ name: 'tidings-next-due' }]));
  });
});
