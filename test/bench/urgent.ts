import { pause } from '../support/pause.js';
import type { ServerProcess } from '../support/server-process.js';
import { atMost, type BenchContext, type BenchLine, figure, JUDGED_SIZE, largest } from './bench-line.js';
import { type BenchOrganisation, startTidings } from './bench-organisation.js';
import { freshDeliveries } from './broadcast-floor.js';
import { sendToAll } from './broadcast-run.js';
import { percentile } from './percentile.js';

const WARM_UP = 50;
const MESSAGES = 200;
/** Between two urgent messages, in milliseconds. */
const APART = 25;

const LATENCIES = `
SELECT m.id, extract(epoch FROM d.sent_at - m.created_at) * 1000 AS ms
  FROM message m LEFT JOIN delivery d ON d.organisation_id = m.organisation_id AND d.day = m.day AND d.message_id = m.id
 WHERE m.organisation_id = $1 AND m.id = ANY ($2::bigint[])`;
const DONE = "SELECT state = 'done' AS done FROM message WHERE organisation_id = $1 AND id = $2";

async function sendUrgent(server: ServerProcess, { key }: BenchOrganisation, n: number): Promise<string> {
  const message = { audience: { users: [`P${n + 1}`] }, content: { sms: { text: 'x' } }, priority: 'high' };
  return (await server.call<{ id: string }>('POST', '/api/v1/messages', message, undefined, key)).id;
}

/** Milliseconds from accepted to sent of each message, once all are sent. */
async function latencies(
  { scratch }: BenchContext,
  server: ServerProcess,
  organisationId: number,
  ids: string[],
): Promise<number[]> {
  for (;;) {
    const { rows } = await scratch.client.query<{ ms: string | null }>(LATENCIES, [organisationId, ids]);
    const sent = rows.filter(({ ms }) => ms !== null);
    if (sent.length === ids.length) return sent.map(({ ms }) => Number(ms));
    server.assertRunning();
    await pause(50);
  }
}

async function idle(context: BenchContext, server: ServerProcess, organisation: BenchOrganisation): Promise<number[]> {
  const ids: string[] = [];
  for (let n = 0; n < WARM_UP + MESSAGES; n++) {
    ids.push(await sendUrgent(server, organisation, n));
    await pause(APART);
  }
  return latencies(context, server, organisation.id, ids.slice(WARM_UP));
}

/** Sends urgent messages while broadcasts run, one after the other until there are enough. */
async function busy(context: BenchContext, server: ServerProcess, organisation: BenchOrganisation): Promise<number[]> {
  const ids: string[] = [];
  while (ids.length < MESSAGES) {
    const broadcast = [organisation.id, await sendToAll(server, organisation)];
    for (let n = 0; ; n++) {
      const { rows } = await context.scratch.client.query<{ done: boolean }>(DONE, broadcast);
      if (rows[0]?.done === true) break;
      ids.push(await sendUrgent(server, organisation, n % MESSAGES));
      await pause(APART);
    }
  }
  return latencies(context, server, organisation.id, ids);
}

export const URGENT: BenchLine = {
  name: 'urgent',
  about: 'accept-to-sent latency of urgent messages to one person, during the largest broadcast against idle',
  run: async (context) => {
    const size = largest(context.sizes);
    const organisation = await context.broadcasts.organisation(size);
    await freshDeliveries(context.scratch);
    const server = await startTidings(context.scratch);
    try {
      context.log(`${MESSAGES} urgent messages, idle`);
      const alone = await idle(context, server, organisation);
      context.log(`urgent messages during a broadcast to ${size}`);
      const during = await busy(context, server, organisation);
      const judged = size >= JUDGED_SIZE ? 3 : null;
      return [
        figure('urgent: median, idle', percentile(alone, 0.5), 'ms'),
        figure('urgent: median, during the broadcast', percentile(during, 0.5), 'ms'),
        atMost(
          'urgent: p99, during the broadcast against idle',
          percentile(during, 0.99),
          'ms',
          percentile(alone, 0.99),
          judged,
        ),
      ];
    } finally {
      await server.stop();
    }
  },
};
