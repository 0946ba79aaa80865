import { DataSource, type Logger } from 'typeorm';
import { createApp } from '../../src/create-app.js';
import { loadConfig } from '../../src/config/environment.js';
import { HASH_JOINS } from '../../src/messages/audience-groups.js';
import { Planner } from '../../src/messages/planner.js';
import type { Scratch } from '../support/scratch-server.js';
import { ADMIN_KEY } from './bench-line.js';
import { type BenchOrganisation, forgetMessages } from './bench-organisation.js';
import type { PlanShape } from './plan-shapes.js';
import { type PlanNode, type Reading, readPlan } from './read-plan.js';

/** The lowest priority: any. */
const ANY = 2;

/** What the statements of one step of planning do, by what is typical of their text. */
const STEPS: readonly [what: string, text: RegExp][] = [
  ['looks up the departments below', /FROM recipient_group WHERE .* LIKE ANY/s],
  ['asks whether the audience is small', /FROM membership .* LIMIT .*\bfew/s],
  ['finds the end of the window', /^\s*SELECT id FROM recipient WHERE .* OFFSET/s],
  ['registers raw addresses', /INSERT INTO endpoint\b/],
  ['finds the endpoints named one by one', /DISTINCT ON \(a\.channel_id/],
  ['makes the batches of endpoints named one by one', /target AS \(\s*SELECT channel_id.*INSERT INTO batch/s],
  ['makes the batches of a few people', /held AS MATERIALIZED .*INSERT INTO batch/s],
  ['makes the batches', /chosen AS .*INSERT INTO batch/s],
];

interface Sent {
  sql: string;
  values: unknown[];
}

/** One statement of a step of planning, as Postgres ran it. */
export interface TracedStatement {
  what: string;
  reading: Reading;
  /** EXPLAIN (ANALYZE, BUFFERS, COSTS OFF), line by line. */
  text: string[];
}

export interface Trace {
  shape: PlanShape;
  /** Whether the audience is planned window by window. */
  wide: boolean;
  statements: TracedStatement[];
}

/** The application in this process, without loops: it accepts messages, plans a step when told, and what it asks is kept. */
export class PlanTracer {
  private constructor(
    private readonly scratch: Scratch,
    private readonly organisation: BenchOrganisation,
    private readonly app: Awaited<ReturnType<typeof createApp>>,
    private readonly sent: Sent[],
  ) {}

  static async start(scratch: Scratch, organisation: BenchOrganisation): Promise<PlanTracer> {
    const sent: Sent[] = [];
    const config = loadConfig({
      DATABASE_URL: scratch.url,
      DATA_DIR: scratch.dataDir,
      ADMIN_API_KEY: ADMIN_KEY,
      ROLES: 'api',
      LOG_LEVEL: 'warn',
    });
    const app = await createApp(config);
    app.get(DataSource).logger = recorder(sent);
    // As Tidings' own connections have it.
    await scratch.client.query("SET jit = off; SET work_mem = '16MB'");
    return new PlanTracer(scratch, organisation, app, sent);
  }

  close(): Promise<void> {
    return this.app.close();
  }

  /** Sends the message, plans its first step, or of a large audience the first full window, and explains that. */
  async trace(shape: PlanShape): Promise<Trace> {
    const id = await this.accept(shape);
    await this.planStep();
    const wide = await this.isPlanning(id);
    if (wide) await this.planStep();
    const sent = [...this.sent];
    const lease = sent.find(({ sql }) => /UPDATE message m\s+SET state = CASE/.test(sql))?.values[1];
    const statements: TracedStatement[] = [];
    for (const statement of sent) {
      const what = STEPS.find(([, text]) => text.test(statement.sql))?.[0];
      if (what !== undefined) statements.push({ what, ...(await this.explain(statement, id, lease, wide)) });
    }
    if (!statements.some(({ what }) => what.startsWith('makes'))) throw new Error(`${shape.name} was not planned`);
    await forgetMessages(this.scratch, this.organisation);
    return { shape, wide, statements };
  }

  private async accept({ audience, channel = 'sms' }: PlanShape): Promise<string> {
    const answer = await this.app.inject({
      method: 'POST',
      url: '/api/v1/messages',
      headers: { authorization: `Bearer ${this.organisation.key}` },
      payload: { audience, content: { [channel]: { text: 'x' } } },
    });
    if (answer.statusCode !== 202) throw new Error(`${answer.statusCode}: ${answer.payload}`);
    return (JSON.parse(answer.payload) as { id: string }).id;
  }

  private async planStep(): Promise<void> {
    this.sent.length = 0;
    await this.app.get(Planner).planDue(this.organisation.id, ANY);
  }

  private async isPlanning(id: string): Promise<boolean> {
    const { rows } = await this.scratch.client.query<{ state: string }>(
      'SELECT state FROM message WHERE organisation_id = $1 AND id = $2',
      [this.organisation.id, id],
    );
    return rows[0]?.state === 'planning';
  }

  /** Runs a statement once more as if it had not been, twice, so that what it reads is in memory; nothing is kept. */
  private async explain(
    { sql, values }: Sent,
    id: string,
    lease: unknown,
    wide: boolean,
  ): Promise<{ reading: Reading; text: string[] }> {
    const { client } = this.scratch;
    const own = [this.organisation.id, id];
    const run = async <R extends object>(format: string): Promise<R[]> => {
      await client.query('BEGIN');
      try {
        await client.query(
          `UPDATE message SET state = 'planning', lease = $3, plan_cursor = NULL, open_batches = 0 WHERE organisation_id = $1 AND id = $2`,
          [...own, lease],
        );
        for (const table of ['batch', 'message_statistic'])
          await client.query(`DELETE FROM ${table} WHERE organisation_id = $1 AND message_id = $2`, own);
        if (sql.includes('INSERT INTO endpoint'))
          await client.query('DELETE FROM endpoint WHERE organisation_id = $1 AND recipient_id IS NULL', [own[0]]);
        if (wide && sql.includes('INSERT INTO batch')) await client.query(HASH_JOINS);
        return (await client.query<R>(`EXPLAIN (ANALYZE, BUFFERS, COSTS OFF${format}) ${sql}`, values)).rows;
      } finally {
        await client.query('ROLLBACK');
      }
    };
    const lines = await run<{ 'QUERY PLAN': string }>('');
    const [row] = await run<{ 'QUERY PLAN': [{ Plan: PlanNode; 'Execution Time': number }] }>(', FORMAT JSON');
    if (row === undefined) throw new Error('EXPLAIN answered nothing');
    const [{ Plan, 'Execution Time': milliseconds }] = row['QUERY PLAN'];
    return { reading: readPlan(Plan, milliseconds), text: lines.map((line) => line['QUERY PLAN']) };
  }
}

function recorder(sent: Sent[]): Logger {
  const ignore = (): void => undefined;
  return {
    logQuery: (sql, values) => void sent.push({ sql, values: (values as unknown[] | undefined) ?? [] }),
    logQueryError: ignore,
    logQuerySlow: ignore,
    logSchemaBuild: ignore,
    logMigration: ignore,
    log: ignore,
  };
}
