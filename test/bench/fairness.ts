import { pause } from '../support/pause.js';
import type { ServerProcess } from '../support/server-process.js';
import { atMost, type BenchContext, type BenchFigure, type BenchLine, figure, largest } from './bench-line.js';
import {
  type BenchOrganisation,
  type BenchVendor,
  forgetMessages,
  makeOrganisation,
  startTidings,
} from './bench-organisation.js';
import { freshDeliveries } from './broadcast-floor.js';
import { sendToAll } from './broadcast-run.js';
import { percentile } from './percentile.js';

const MANY = 300_000;
const FEW = 100;
/** A vendor whose calls take as long as one across a network does. */
const VENDOR: BenchVendor = { vendor: 'sandbox', settings: { journal: false, latencyMs: 100 } };
const WARM_UP = 3;
const ROUNDS = 30;
/** A broadcast that ends too soon to measure beside it is sent again so many times. */
const BROADCASTS = 20;
/** Between two looks, in milliseconds. */
const EVERY = 3;

const OPEN = `
SELECT count(*) AS open FROM message m JOIN unnest($1::int[], $2::bigint[]) AS sent (organisation_id, id)
 USING (organisation_id, id) WHERE m.state NOT IN ('done', 'cancelled', 'expired')`;

type Sent = [organisationId: number, id: string];

async function send(server: ServerProcess, organisation: BenchOrganisation): Promise<Sent> {
  return [organisation.id, await sendToAll(server, organisation)];
}

async function openOf({ scratch }: BenchContext, sent: Sent[]): Promise<number> {
  const values = [sent.map(([organisationId]) => organisationId), sent.map(([, id]) => id)];
  const { rows } = await scratch.client.query<{ open: string }>(OPEN, values);
  return Number(rows[0]?.open);
}

/** Milliseconds from the calls of both small organisations until both are done. */
async function round(context: BenchContext, server: ServerProcess, small: BenchOrganisation[]): Promise<number> {
  const start = performance.now();
  const sent = await Promise.all(small.map((organisation) => send(server, organisation)));
  while ((await openOf(context, sent)) > 0) {
    server.assertRunning();
    await pause(EVERY);
  }
  return performance.now() - start;
}

async function alone(context: BenchContext, server: ServerProcess, small: BenchOrganisation[]): Promise<number[]> {
  for (let n = 0; n < WARM_UP; n++) await round(context, server, small);
  const times: number[] = [];
  while (times.length < ROUNDS) times.push(await round(context, server, small));
  return times;
}

/** Rounds from the call of the large organisation on; one during which its broadcast ended is not counted. */
async function beside(
  context: BenchContext,
  server: ServerProcess,
  small: BenchOrganisation[],
  large: BenchOrganisation,
): Promise<number[]> {
  const times: number[] = [];
  for (let sends = 0; sends < BROADCASTS && times.length < ROUNDS; sends++) {
    const broadcast = await send(server, large);
    while (times.length < ROUNDS) {
      const time = await round(context, server, small);
      if ((await openOf(context, [broadcast])) === 0) break;
      times.push(time);
    }
  }
  return times;
}

const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

export const FAIRNESS: BenchLine = {
  name: 'fairness',
  about: `two organisations with ${FEW} deliveries each, while ${MANY} of a third wait, against the two alone`,
  run: async (context): Promise<BenchFigure[]> => {
    const many = Math.min(MANY, largest(context.sizes));
    const small = [
      await makeOrganisation(context.scratch, 'fairness-small', FEW, VENDOR),
      await makeOrganisation(context.scratch, 'fairness-other', FEW, VENDOR),
    ];
    context.log(`making ${many} people in a third organisation`);
    const large = await makeOrganisation(context.scratch, 'fairness-large', many, VENDOR);
    await freshDeliveries(context.scratch);
    const server = await startTidings(context.scratch);
    try {
      context.log(`${ROUNDS} rounds of 2 × ${FEW}, alone`);
      const idle = await alone(context, server, small);
      context.log(`${ROUNDS} rounds while ${many} wait`);
      const busy = await beside(context, server, small, large);
      const name = `fairness: 2 × ${FEW} while ${many} wait`;
      const judged = many === MANY ? 1.5 : null;
      return [
        atMost(`${name}, mean time against alone`, mean(busy), 'ms', mean(idle), judged),
        atMost(`${name}, p90`, percentile(busy, 0.9), 'ms', percentile(idle, 0.9), null),
        figure(`${name}, the slowest`, Math.max(...busy), 'ms'),
      ];
    } finally {
      await server.stop();
      // Stopped with most of it unsent, it would be taken up again by the lines that follow.
      await forgetMessages(context.scratch, large);
    }
  },
};
