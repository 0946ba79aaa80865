import { readFile } from 'node:fs/promises';
import { startProgram } from '../support/child-program.js';
import { pause } from '../support/pause.js';
import type { ServerProcess } from '../support/server-process.js';
import { type BenchFigure, type BenchLine, figure } from './bench-line.js';
import { type BenchOrganisation, makeOrganisation, startTidings } from './bench-organisation.js';
import { percentile } from './percentile.js';
import type { LiveClientsArgument, LiveClientsCount, LiveClientsReady } from './programs/live-clients.js';

const CLIENTS_PROGRAM = new URL('./programs/live-clients.js', import.meta.url);

const CLIENTS = 1_000;
const TOGETHER = 50;
const BROADCASTS = 10;
/** Between two looks, in milliseconds. */
const EVERY = 2;
/** Before memory is read, what is used no more has been given back. */
const SETTLE = 3_000;

/** Resident memory of a process now, in KiB (Linux). */
async function resident(server: ServerProcess): Promise<number> {
  const status = await readFile(`/proc/${server.pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0);
}

async function countOf(url: string): Promise<LiveClientsCount> {
  return (await (await fetch(url)).json()) as LiveClientsCount;
}

/** Milliseconds from the call until every client has the message. */
async function broadcast(
  server: ServerProcess,
  { key }: BenchOrganisation,
  clients: string,
  round: number,
): Promise<number> {
  const start = performance.timeOrigin + performance.now();
  const content = { inbox: { title: `Round ${round}`, text: 'The office is closed on Friday.' } };
  await server.call('POST', '/api/v1/messages', { audience: { all: true }, content }, undefined, key);
  for (;;) {
    const { received, lastAt } = await countOf(clients);
    if (received >= CLIENTS * round) return lastAt - start;
    server.assertRunning();
    await pause(EVERY);
  }
}

export const LIVE: BenchLine = {
  name: 'live',
  about: `${CLIENTS} live clients at one process: connecting, messages to all of them, memory`,
  run: async ({ scratch, log }): Promise<BenchFigure[]> => {
    const organisation = await makeOrganisation(scratch, 'live', CLIENTS);
    const server = await startTidings(scratch);
    try {
      const before = await resident(server);
      log(`connecting ${CLIENTS} clients, ${TOGETHER} at a time`);
      const argument: LiveClientsArgument = {
        url: server.url,
        key: organisation.key,
        people: CLIENTS,
        together: TOGETHER,
      };
      const clients = await startProgram<LiveClientsReady>(CLIENTS_PROGRAM, argument);
      try {
        const { url, connectSeconds } = clients.ready;
        await pause(SETTLE);
        const connected = await resident(server);
        log(`${BROADCASTS} messages to all`);
        const times: number[] = [];
        for (let round = 1; round <= BROADCASTS; round++) times.push(await broadcast(server, organisation, url, round));
        const name = `live: ${CLIENTS} clients`;
        return [
          figure(`${name}, until all are served`, connectSeconds, 's'),
          figure(`${name}, a message to all until the last has it, median`, percentile(times, 0.5), 'ms'),
          figure(`${name}, the slowest`, Math.max(...times), 'ms'),
          figure(`${name}, memory of the process`, connected / 1024, 'MiB'),
          figure(`${name}, more than without, per client`, (connected - before) / CLIENTS, 'KiB'),
        ];
      } finally {
        await clients.stop();
      }
    } finally {
      await server.stop();
    }
  },
};
