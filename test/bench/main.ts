import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { openScratch, type Scratch } from '../support/scratch-server.js';
import { ACCEPT } from './accept.js';
import { type BenchFigure, type BenchLine, type BenchResult, JUDGED_SIZE } from './bench-line.js';
import { startTidings, tidy } from './bench-organisation.js';
import { textTable } from './bench-table.js';
import { BROADCAST } from './broadcast.js';
import { Broadcasts } from './broadcast-run.js';
import { FAIRNESS } from './fairness.js';
import { HTTP_VENDOR } from './http-vendor.js';
import { IMPORT } from './import.js';
import { LIVE } from './live.js';
import { PEER } from './peer.js';
import { machine, writePage } from './performance-page.js';
import { PLANS } from './plans.js';
import { QUERIES } from './queries.js';
import { SIX_VENDORS } from './six-vendors.js';
import { START } from './start.js';
import { TIMERS } from './timers.js';
import { URGENT } from './urgent.js';
import { WIRES } from './wires.js';

/** Every line of the bench, in the order of the table. */
const LINES: readonly BenchLine[] = [
  BROADCAST,
  PEER,
  ACCEPT,
  URGENT,
  FAIRNESS,
  TIMERS,
  START,
  IMPORT,
  HTTP_VENDOR,
  WIRES,
  SIX_VENDORS,
  LIVE,
  QUERIES,
  PLANS,
];

const SIZES = [10_000, 100_000, JUDGED_SIZE];
const HUGE = 10_000_000;
const DOCS = 'docs';

const USAGE = `Usage: npm run bench -- [line …] [--size N] [--huge] [--json FILE] [--docs]
${LINES.map(({ name, about }) => `  ${name.padEnd(13)}${about}`).join('\n')}
  --size       recipients of the largest broadcast (default ${JUDGED_SIZE}); budgets are judged from ${JUDGED_SIZE} on
  --huge       also a broadcast to ${HUGE}
  --json       also writes the figures to a file, as an array
  --docs       also writes them, and a chart, to docs/performance.md, and the plans to docs/plans.md
DATABASE_URL names a server to measure on; without it one is started in a folder of its own.
`;

interface Options {
  lines: readonly BenchLine[];
  sizes: number[];
  json: string | undefined;
  docs: boolean;
}

const print = (text: string): void => void process.stdout.write(`${text}\n`);

/** The command line, or undefined when it is wrong. */
function readOptions(): Options | undefined {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        size: { type: 'string', default: String(JUDGED_SIZE) },
        huge: { type: 'boolean', default: false },
        json: { type: 'string' },
        docs: { type: 'boolean', default: false },
      },
    });
    const size = Number(values.size);
    const lines = positionals.length === 0 ? LINES : LINES.filter(({ name }) => positionals.includes(name));
    const known = positionals.every((name) => LINES.some((line) => line.name === name));
    if (!known || !Number.isInteger(size) || size < 1) return undefined;
    const sizes = [...SIZES.filter((smaller) => smaller < size), size, ...(values.huge ? [HUGE] : [])];
    return { lines, sizes, json: values.json, docs: values.docs };
  } catch {
    return undefined;
  }
}

const toResult = ({ name, value, unit, floor, ratio, budget, ok }: BenchFigure): BenchResult => ({
  name,
  value,
  unit,
  floor,
  ratio,
  budget,
  ok,
});

/** Runs the lines; one that fails is told and does not keep the others from running. */
async function measure(scratch: Scratch, { lines, sizes, json, docs }: Options): Promise<number> {
  const log = (text: string): void => print(`  ${text}`);
  const broadcasts = new Broadcasts(scratch, log);
  const figures: BenchFigure[] = [];
  let failures = 0;
  print(await machine(scratch));
  await (await startTidings(scratch)).stop();
  for (const line of lines) {
    print(`${line.name}: ${line.about}`);
    try {
      await tidy(scratch);
      const measured = await line.run({ scratch, sizes, broadcasts, docs: docs ? DOCS : undefined, log });
      figures.push(...measured);
      for (const row of textTable(measured).slice(1)) log(row);
    } catch (error) {
      failures += 1;
      log(`FAILED: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
    }
  }
  print('');
  for (const row of textTable(figures)) print(row);
  if (json !== undefined) await writeFile(json, `${JSON.stringify(figures.map(toResult), null, 2)}\n`);
  // The plans have a page of their own.
  if (docs && lines.some((line) => line !== PLANS))
    await writePage(DOCS, await machine(scratch), figures, await broadcasts.all());
  return failures === 0 ? 0 : 1;
}

async function main(): Promise<number> {
  const options = readOptions();
  if (options === undefined) {
    print(USAGE);
    return 2;
  }
  const scratch = await openScratch();
  // Stopped by hand, it leaves no server and no folder behind.
  process.once('SIGINT', () => void scratch.remove().finally(() => process.exit(130)));
  try {
    return await measure(scratch, options);
  } finally {
    await scratch.remove();
  }
}

process.exitCode = await main();
