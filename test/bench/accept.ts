import { type ChildProgram, runProgram, startProgram } from '../support/child-program.js';
import { atLeast, atMost, type BenchContext, type BenchFigure, type BenchLine, figure } from './bench-line.js';
import { type BenchOrganisation, forgetMessages, makeOrganisation, startTidings } from './bench-organisation.js';
import type { HandlerArgument } from './programs/bare-handler.js';
import type { Load, LoadArgument } from './programs/load-generator.js';

const HANDLER = new URL('./programs/bare-handler.js', import.meta.url);
const GENERATOR = new URL('./programs/load-generator.js', import.meta.url);

const PEOPLE = 1_000;
/** What Tidings has by default. */
const POOL_SIZE = 10;
const LOAD = { connections: 64, warmUpSeconds: 3, seconds: 10, people: PEOPLE };

async function load(url: string, { key }: BenchOrganisation): Promise<Load> {
  const argument: LoadArgument = { url: `${url}/api/v1/messages`, key, ...LOAD };
  const result = await runProgram<Load>(GENERATOR, argument);
  if (result.failed > 0) throw new Error(`${result.failed} of ${result.answered} requests failed: ${result.failure}`);
  return result;
}

async function loadTidings(context: BenchContext, organisation: BenchOrganisation, roles: string): Promise<Load> {
  const server = await startTidings(context.scratch, { ROLES: roles, DATABASE_POOL_SIZE: String(POOL_SIZE) });
  try {
    await context.scratch.client.query('CHECKPOINT');
    return await load(server.url, organisation);
  } finally {
    await server.stop();
  }
}

async function loadHandler({ scratch }: BenchContext, organisation: BenchOrganisation): Promise<Load> {
  const argument: HandlerArgument = { databaseUrl: scratch.url, poolSize: POOL_SIZE };
  const handler: ChildProgram<string> = await startProgram<string>(HANDLER, argument);
  try {
    await scratch.client.query('CHECKPOINT');
    return await load(handler.ready, organisation);
  } finally {
    await handler.stop();
  }
}

const rate = ({ answered, seconds }: Load): number => answered / seconds;

export const ACCEPT: BenchLine = {
  name: 'accept',
  about: `messages to one person accepted over ${LOAD.connections} connections, against a bare handler with one INSERT per request`,
  run: async (context): Promise<BenchFigure[]> => {
    const organisation = await makeOrganisation(context.scratch, 'accept', PEOPLE);
    context.log('bare handler');
    const before = await loadHandler(context, organisation);
    context.log('Tidings, role api');
    const api = await loadTidings(context, organisation, 'api');
    context.log('bare handler again');
    const after = await loadHandler(context, organisation);
    await forgetMessages(context.scratch, organisation);
    context.log('Tidings, all roles');
    const everything = await loadTidings(context, organisation, 'api,worker,scheduler');
    await forgetMessages(context.scratch, organisation);
    const floor = (rate(before) + rate(after)) / 2;
    return [
      atLeast('accept: rate of a process with the role api', rate(api), 'messages/s', floor, 1),
      atMost('accept: p99 of the answers, role api', api.p99, 'ms', (before.p99 + after.p99) / 2, null),
      atLeast('accept: rate of a process that also sends them', rate(everything), 'messages/s', floor, null),
      figure('accept: p99 of the answers meanwhile', everything.p99, 'ms'),
    ];
  },
};
