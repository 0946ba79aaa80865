import { pause } from '../support/pause.js';
import type { ServerProcess } from '../support/server-process.js';
import { type BenchContext, type BenchFigure, type BenchLine, figure, largest } from './bench-line.js';
import { type BenchOrganisation, forgetMessages, makeOrganisation, startTidings } from './bench-organisation.js';
import { percentile } from './percentile.js';

const ROUNDS = 5;
const PEOPLE = 1_000;
/** Due in the same second. */
const TOGETHER = 50_000;
/** Time to write them, in milliseconds. */
const AHEAD = 20_000;
/** How long the last one is waited for, in milliseconds. */
const PATIENCE = 120_000;

/** Copies an accepted message, column by column, to the people of the organisation in turn. */
const CLONE = (columns: string): string => `
INSERT INTO message (${columns}, audience)
SELECT ${columns}, jsonb_set(m.audience, '{recipientIds}', jsonb_build_array(r.ids[1 + n % cardinality(r.ids)]))
  FROM message m CROSS JOIN generate_series(2, $3::int) n
 CROSS JOIN (SELECT array_agg(id::text) AS ids FROM recipient WHERE organisation_id = $1) r
 WHERE m.organisation_id = $1 AND m.id = $2`;

const COLUMNS = `
SELECT string_agg(column_name, ', ') AS columns FROM information_schema.columns
 WHERE table_name = 'message' AND column_name NOT IN ('id', 'audience') AND is_generated = 'NEVER'`;

const WAITING = `
SELECT EXISTS (SELECT FROM message WHERE organisation_id = $1 AND send_at = $2
                  AND state IN ('scheduled', 'accepted', 'planning', 'sending')) AS yes`;

const LATENESS = `
SELECT extract(epoch FROM d.sent_at - m.send_at) * 1000 AS ms
  FROM message m JOIN delivery d ON d.organisation_id = m.organisation_id AND d.day = m.day AND d.message_id = m.id
 WHERE m.organisation_id = $1 AND m.send_at = $2`;

async function schedule(server: ServerProcess, { key }: BenchOrganisation, sendAt: Date): Promise<string> {
  const message = { audience: { users: ['P1'] }, content: { inbox: { title: 't', text: 'x' } }, sendAt };
  return (await server.call<{ id: string }>('POST', '/api/v1/messages', message, undefined, key)).id;
}

/**
 * How late each message of an instant was sent, once all are. Those that are not when patience ends count as late by as much, so
 * that a figure far beyond its budget is still one.
 */
async function lateness({ scratch, log }: BenchContext, id: number, sendAt: Date, count: number): Promise<number[]> {
  const end = sendAt.getTime() + PATIENCE;
  const every = count === 1 ? 20 : 500;
  for (let waiting = true; waiting && Date.now() < end;) {
    await pause(every);
    const { rows } = await scratch.client.query<{ yes: boolean }>(WAITING, [id, sendAt]);
    waiting = rows[0]?.yes !== false;
  }
  const { rows } = await scratch.client.query<{ ms: string }>(LATENESS, [id, sendAt]);
  const late = rows.map(({ ms }) => Number(ms));
  const unsent = count - late.length;
  if (unsent > 0) log(`${unsent} of ${count} were not sent ${PATIENCE / 1000} s after they were due`);
  return [...late, ...Array.from({ length: unsent }, () => PATIENCE)];
}

async function lone(
  context: BenchContext,
  server: ServerProcess,
  organisation: BenchOrganisation,
): Promise<BenchFigure> {
  const late: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const sendAt = new Date(Date.now() + 2_000);
    await schedule(server, organisation, sendAt);
    late.push(...(await lateness(context, organisation.id, sendAt, 1)));
  }
  return figure('timers: worst lateness of a lone message', Math.max(...late), 'ms', 100);
}

async function together(
  context: BenchContext,
  server: ServerProcess,
  organisation: BenchOrganisation,
  count: number,
): Promise<BenchFigure[]> {
  const { client } = context.scratch;
  const sendAt = new Date(Math.ceil((Date.now() + AHEAD) / 1000) * 1000);
  const id = await schedule(server, organisation, sendAt);
  const { rows } = await client.query<{ columns: string }>(COLUMNS);
  await client.query(CLONE(rows[0]?.columns ?? ''), [organisation.id, id, count]);
  if (Date.now() > sendAt.getTime()) throw new Error('Writing the timed messages took longer than they should wait');
  await client.query('VACUUM (ANALYZE) message');
  await pause(sendAt.getTime() - Date.now());
  const late = await lateness(context, organisation.id, sendAt, count);
  const name = `timers: ${count} due at once`;
  return [
    figure(`${name}, median lateness`, percentile(late, 0.5), 'ms'),
    figure(`${name}, p99 lateness`, percentile(late, 0.99), 'ms', count === TOGETHER ? 2_000 : null),
  ];
}

export const TIMERS: BenchLine = {
  name: 'timers',
  about: `how late messages with sendAt are recorded as sent: one alone, and ${TOGETHER} due at once`,
  run: async (context) => {
    const organisation = await makeOrganisation(context.scratch, 'timers', PEOPLE);
    const server = await startTidings(context.scratch);
    try {
      const count = Math.min(TOGETHER, largest(context.sizes));
      context.log('lone messages');
      const alone = await lone(context, server, organisation);
      context.log(`${count} messages due at once`);
      return [alone, ...(await together(context, server, organisation, count))];
    } finally {
      await server.stop();
      await forgetMessages(context.scratch, organisation);
    }
  },
};
