import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { type PlanNode, readPlan } from '../bench/read-plan.js';
import { insertPeople } from '../support/seed-people.js';
import { type SmallOrganisation, smallOrganisation } from '../support/small-organisation.js';
import { startTestApp, type TestApp } from '../support/test-app.js';

const PEOPLE = 3_000;
const MEMBERS = 300;
const SMS = { sms: { text: 'hello' } };

interface Explained {
  'QUERY PLAN': [{ Plan: PlanNode }];
}

let app: TestApp;
let org: SmallOrganisation;

// Nothing is known of these tables: they were filled a moment ago, as after the first import.
beforeAll(async () => {
  app = await startTestApp();
  org = await smallOrganisation(app);
  const client = new Client({ connectionString: app.databaseUrl });
  await client.connect();
  await client.query('ALTER TABLE recipient SET (autovacuum_enabled = off)');
  await client.query('ALTER TABLE endpoint SET (autovacuum_enabled = off)');
  await insertPeople(client, Number(org.id), PEOPLE);
  await client.end();
});
afterAll(() => app.close());

/** Plans what is due, and reads what each statement that makes batches does, by running it once more as if it had not been. */
async function planAndExplain(id: string): Promise<number[]> {
  const { Planner } = await import('../../src/messages/planner.js');
  const database = app.nest.get(DataSource);
  const sent: { sql: string; values: unknown[] }[] = [];
  const before = database.logger;
  database.logger = Object.assign(Object.create(before), {
    logQuery: (sql: string, values?: unknown[]) => void sent.push({ sql, values: values ?? [] }),
  }) as typeof before;
  await app.nest.get(Planner).planDue(Number(org.id), 2);
  database.logger = before;
  const lease = sent.find(({ sql }) => sql.includes('SET state = CASE WHEN m.expires_at'))?.values[1];
  const made = sent.filter(({ sql }) => sql.includes('INSERT INTO batch'));
  const widest: number[] = [];
  for (const { sql, values } of made) {
    const runner = database.createQueryRunner();
    await runner.startTransaction();
    await runner.query(
      "UPDATE message SET state = 'planning', lease = $3, plan_cursor = NULL WHERE organisation_id = $1 AND id = $2",
      [org.id, id, lease],
    );
    await runner.query('DELETE FROM message_statistic WHERE organisation_id = $1 AND message_id = $2', [org.id, id]);
    const rows = (await runner.query(`EXPLAIN (ANALYZE, FORMAT JSON) ${sql}`, values)) as Explained[];
    await runner.rollbackTransaction();
    await runner.release();
    widest.push(...rows.map((row) => readPlan(row['QUERY PLAN'][0].Plan, 0).widest));
  }
  return widest;
}

describe('planning on tables that were just filled', () => {
  it('looks at the members of a group and not at everybody', async () => {
    await app.nest.get(DataSource).query(
      `INSERT INTO membership (organisation_id, group_id, recipient_id)
         SELECT r.organisation_id, g.id, r.id FROM recipient r JOIN recipient_group g ON g.organisation_id = $1 AND g.code = 'T'
          WHERE r.organisation_id = $1 AND r.code LIKE 'P%' ORDER BY r.id LIMIT $2`,
      [org.id, MEMBERS],
    );
    const id = await org.send({ audience: { tags: ['T'] }, content: SMS });
    const widest = await planAndExplain(id);
    expect(widest).toHaveLength(1);
    expect(Math.max(...widest)).toBeLessThanOrEqual(2 * MEMBERS);
  });

  it('looks at the few people of a single message and not at everybody', async () => {
    const id = await org.send({ audience: { users: ['P1', 'P2', 'P3'] }, content: SMS });
    const widest = await planAndExplain(id);
    expect(widest).toHaveLength(1);
    expect(Math.max(...widest)).toBeLessThanOrEqual(20);
  });
});
