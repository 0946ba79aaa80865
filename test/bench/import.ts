import { request, type IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { insertPeople } from '../support/seed-people.js';
import type { ServerProcess } from '../support/server-process.js';
import {
  atMost,
  type BenchContext,
  type BenchFigure,
  type BenchLine,
  figure,
  JUDGED_SIZE,
  largest,
} from './bench-line.js';
import { type BenchOrganisation, makeOrganisation, startTidings } from './bench-organisation.js';

const LINES = 200_000;
const SMALL = 10_000;

function* lines(count: number): Generator<string> {
  for (let from = 0; from < count; from += 1_000) {
    const length = Math.min(1_000, count - from);
    const numbers = Array.from({ length }, (_, index) => from + index + 1);
    yield numbers.map((n) => `{"code":"P${n}","name":"Person ${n}","phone":"1${3_000_000_000 + n}"}\n`).join('');
  }
}

/** Sends the lines while it reads the results, and returns how many people were made. */
async function importPeople(server: ServerProcess, { key }: BenchOrganisation, count: number): Promise<number> {
  const sending = request(`${server.url}/api/v1/recipients/import`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/x-ndjson' },
  });
  const answer = new Promise<IncomingMessage>((resolve, reject) => {
    sending.once('response', resolve);
    sending.once('error', reject);
  });
  const [results] = await Promise.all([answer.then(countCreated), pipeline(Readable.from(lines(count)), sending)]);
  return results;
}

async function countCreated(answer: IncomingMessage): Promise<number> {
  let created = 0;
  let rest = '';
  for await (const chunk of answer.setEncoding('utf8') as AsyncIterable<string>) {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    created += parts.filter((line) => line.includes('"status":"created"')).length;
  }
  return created;
}

async function measure(
  { scratch }: BenchContext,
  code: string,
  count: number,
): Promise<{ seconds: number; memory: number }> {
  const organisation = await makeOrganisation(scratch, code, 0);
  const server = await startTidings(scratch);
  try {
    await scratch.client.query('CHECKPOINT');
    const start = performance.now();
    const created = await importPeople(server, organisation, count);
    const seconds = (performance.now() - start) / 1000;
    if (created !== count) throw new Error(`${created} people were made instead of ${count}`);
    return { seconds, memory: await server.peakMemory() };
  } finally {
    await server.stop();
  }
}

export const IMPORT: BenchLine = {
  name: 'import',
  about: 'people through POST /api/v1/recipients/import, against one INSERT … SELECT of the same people',
  run: async (context): Promise<BenchFigure[]> => {
    const { scratch, log } = context;
    const top = largest(context.sizes);
    const count = top >= JUDGED_SIZE ? JUDGED_SIZE : Math.min(LINES, top);
    const small = await measure(context, 'import-small', Math.min(SMALL, count));
    log(`${count} lines`);
    const large = await measure(context, 'import-large', count);
    const floorOrganisation = await makeOrganisation(scratch, 'import-floor', 0);
    await scratch.client.query('CHECKPOINT');
    const start = performance.now();
    await insertPeople(scratch.client, floorOrganisation.id, count);
    const floor = (performance.now() - start) / 1000;
    return [
      atMost(`import ${count}: time`, large.seconds, 's', floor, null),
      figure(`import ${count}: rate`, count / large.seconds, 'lines/s'),
      figure(`import ${count}: peak memory`, large.memory, 'MiB'),
      figure(`import ${count}: more memory than for ${SMALL}`, large.memory - small.memory, 'MiB'),
    ];
  },
};
