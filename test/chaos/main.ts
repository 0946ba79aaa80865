import { writeFile } from 'node:fs/promises';
import { ChaosDatabase } from './chaos-database.js';
import type { ChaosFigures, ChaosReport } from './chaos-report.js';
import { runChaos } from './run-chaos.js';

function text(name: string): string | undefined {
  const index = process.argv.indexOf(name);
  return index < 0 ? undefined : (process.argv[index + 1] ?? '');
}

function number(name: string, otherwise: number): number {
  const value = Number(text(name) ?? otherwise);
  if (!Number.isInteger(value) || value < 0) throw new Error(`${name} must be a whole number`);
  return value;
}

const print = (line: string): void => void process.stdout.write(`${line}\n`);

function tell({ kills, deliveries, lost, repeated, unknown, breaches }: ChaosReport, figures: ChaosFigures): void {
  const { messages, urgent, peakMemory, powerCuts, databaseRestarts, vendorDeaths } = figures;
  print(
    `${kills} kills (${powerCuts} power cuts), ${databaseRestarts} database restarts, ${vendorDeaths} vendor deaths`,
  );
  print(`${messages} messages, ${deliveries} deliveries: ${lost} lost, ${repeated} repeated, ${unknown} unknown`);
  print(`Urgent: ${urgent.count} undisturbed, p50 ${urgent.p50} ms, p99 ${urgent.p99} ms, worst ${urgent.worst} ms;`);
  print(`  ${urgent.disturbed} met a death on their way, worst ${urgent.worstDisturbed} ms`);
  print(`Peak memory of a worker: ${peakMemory.toFixed(0)} MiB`);
  for (const breach of breaches) print(`BREACH: ${breach}`);
  if (breaches.length === 0) print('No breach');
}

/** Usage: npm run chaos -- [--kills N] [--seed S] [--people N] [--json FILE] */
async function main(): Promise<number> {
  const seed = number('--seed', Math.floor(Math.random() * 1_000_000));
  const kills = number('--kills', 100);
  const people = number('--people', 5_000);
  const path = text('--json');
  print(`Seed ${seed}, ${kills} kills, broadcasts to ${people} people`);
  const database = await ChaosDatabase.open();
  if (database.restart === undefined) print('DATABASE_URL is set: that server is not restarted');
  try {
    const options = { database, seed, kills, people, crews: [2, 4], naturalEnd: true, log: print };
    const { report, figures } = await runChaos(options);
    tell(report, figures);
    if (path !== undefined) await writeFile(path, `${JSON.stringify(report, null, 2)}\n`);
    return report.breaches.length === 0 ? 0 : 1;
  } finally {
    await database.close();
  }
}

// By its handlers of `exit`, the database server and all processes end with this one.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
process.exitCode = await main();
