import { writeFile } from 'node:fs/promises';
import { ChaosDatabase } from './chaos-database.js';
import { type Behaviour, FAULTS } from '../support/counting-vendor-faults.js';
import type { ChaosFigures, ChaosReport, Troubles } from './chaos-report.js';
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

/** With so many kills every trouble must have come up. */
const THOROUGH = 100;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

function tellTroubles({ killsByCrew, apiKills, powerCuts, plansCut, restarts, outages, vendorDeaths }: Troubles): void {
  const crews = Object.entries(killsByCrew).map(([size, kills]) => `${kills} with ${size} workers`);
  print(`Kills: ${crews.join(', ')}; ${apiKills} of the API, ${powerCuts} power cuts, ${plansCut} plans cut off`);
  print(
    `Database: ${restarts.fast} fast restarts, ${restarts.immediate} immediate ones, ${outages} outages longer than a lease`,
  );
  print(`Vendor: ${vendorDeaths} deaths`);
}

function tell({ kills, deliveries, lost, repeated, unknown, breaches }: ChaosReport, figures: ChaosFigures): void {
  const { messages, troubles, faults, urgent, slowness, warnings, memory } = figures;
  tellTroubles(troubles);
  print(`  its calls: ${['accept', ...FAULTS].map((name) => `${name} ${faults[name as Behaviour] ?? 0}`).join(', ')}`);
  print(`${messages} messages, ${deliveries} deliveries, ${kills} kills`);
  print(`${lost} lost, ${repeated} repeated, ${unknown} unknown`);
  const { quiet, held, waiting } = urgent;
  print(`Urgent: ${quiet.count} undisturbed, p50 ${quiet.p50} ms, p99 ${quiet.p99} ms, worst ${quiet.worst} ms;`);
  print(`  ${held.count} whose holder died, worst ${held.worst} ms;`);
  print(`  ${waiting.count} while a worker, the database or the vendor was away, worst ${waiting.worst} ms`);
  print(
    `The machine was ${slowness.median.toFixed(1)} times slower than an idle one, at worst ${slowness.worst.toFixed(1)}`,
  );
  print(
    `Workers' warnings: ${warnings.renewalsFailed} renewals failed, ${warnings.recordsWaited} recordings had to wait`,
  );
  print(`Memory: peak of ${memory.processes} worker processes ${memory.peak.toFixed(0)} MiB`);
  for (const breach of breaches) print(`BREACH: ${breach}`);
  if (breaches.length === 0) print('No breach');
}

/** Usage: npm run chaos -- [--kills N] [--seed S] [--people N] [--json FILE] */
async function main(): Promise<number> {
  const seed = number('--seed', Math.floor(Math.random() * 1_000_000));
  const kills = number('--kills', 100);
  const people = number('--people', 3_000);
  const path = text('--json');
  print(`Seed ${seed}, ${kills} kills, broadcasts to ${people} people`);
  const database = await ChaosDatabase.open();
  if (database.restart === undefined) print('DATABASE_URL is set: that server is not restarted');
  const begun = Date.now();
  try {
    const thorough = kills >= THOROUGH && database.restart !== undefined;
    const options = { database, seed, kills, people, crews: [2, 4], naturalEnd: true, thorough, log: print };
    const { report, figures } = await runChaos(options);
    tell(report, figures);
    print(`Took ${Math.round((Date.now() - begun) / 1000)} s`);
    if (path !== undefined) await writeFile(path, `${JSON.stringify(report, null, 2)}\n`);
    return report.breaches.length === 0 ? 0 : 1;
  } finally {
    await database.close();
  }
}

// By its handlers of `exit`, the database server and all processes end with this one.
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
process.exitCode = await main();
