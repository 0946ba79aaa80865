import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { CountingVendorProcess } from '../support/counting-vendor-process.js';
import { readVendorLog } from '../support/counting-vendor-log.js';
import { pause } from '../support/pause.js';
import type { ChaosDatabase } from './chaos-database.js';
import type { ChaosFigures, ChaosReport } from './chaos-report.js';
import { Crew } from './crew.js';
import { Director } from './director.js';
import { Downtime } from './downtime.js';
import { bringForward } from './in-flight.js';
import { setUp } from './installation.js';
import { Judge } from './judge.js';
import { seededRandom } from './seeded-random.js';
import { Slowness } from './slowness.js';
import { Traffic } from './traffic.js';

export interface ChaosOptions {
  database: ChaosDatabase;
  seed: number;
  kills: number;
  /** Of each broadcast. */
  people: number;
  /** How many worker processes, one number after the other for an equal share of the kills. */
  crews: number[];
  /** Whether the last to be killed leave leases that run out by themselves. */
  naturalEnd: boolean;
  /** Whether leaving out one of the troubles is a breach. */
  thorough: boolean;
  log: (text: string) => void;
}

const DRAIN_MILLISECONDS = 240_000;
/** The longest a call takes that is not slow: long enough for a death in the middle of it. */
const VENDOR_LATENCY = 800;
const OPEN = "SELECT count(*) AS n FROM message WHERE state NOT IN ('done', 'expired', 'cancelled')";

/**
 * Runs an installation (an API process and workers over one database, a counting vendor beside it) under traffic, kills its
 * processes at random moments, and then holds the deliveries against the vendor's own log.
 */
export async function runChaos(options: ChaosOptions): Promise<{ report: ChaosReport; figures: ChaosFigures }> {
  const { database, seed, people, thorough } = options;
  const logFile = join(database.dataDir, 'counting-vendor.log');
  const secret = randomBytes(16).toString('hex');
  const vendor = new CountingVendorProcess({ logFile, secret, seed, latency: VENDOR_LATENCY });
  const downtime = new Downtime();
  const slowness = new Slowness();
  slowness.start();
  const crew = new Crew({ databaseUrl: database.url, dataDir: database.dataDir, downtime });
  const director = new Director(crew, database, vendor, downtime, seededRandom(seed), options.log);
  const traffic = new Traffic(crew, database, people);
  try {
    await Promise.all([vendor.start(), crew.api.start()]);
    await setUp(database, crew, { vendorUrl: vendor.url, secret, people });
    await makeTrouble(options, crew, director, traffic);
    await drain(database, director);
  } finally {
    slowness.stop();
    await crew.end();
    await vendor.kill();
  }
  const calls = await readVendorLog(logFile);
  const { sent } = traffic;
  return new Judge({ database, seed, calls, sent, director, downtime, slowness, crew, thorough }).judge();
}

async function makeTrouble(
  { kills, crews, naturalEnd, log }: ChaosOptions,
  crew: Crew,
  director: Director,
  traffic: Traffic,
): Promise<void> {
  for (const [index, size] of crews.entries()) {
    await crew.grow(size);
    if (index === 0) traffic.start();
    const goal = Math.round((kills * (index + 1)) / crews.length);
    for (let told = director.kills; director.kills < goal;) {
      await director.round();
      if (director.kills - told < 10) continue;
      told = director.kills;
      log(`  ${told} kills, ${size} workers, ${traffic.sent.length} messages`);
    }
  }
  log(`  the last of ${director.kills} kills is done; what is left is sent`);
  await traffic.stop();
  if (!naturalEnd) await director.powerCut();
  await crew.complete();
}

/** Lets everything come to its end: the vendor is well, and accounts that rest are tried again. */
async function drain(database: ChaosDatabase, director: Director): Promise<void> {
  await database.query("UPDATE schedule SET state = 'paused'");
  for (const end = Date.now() + DRAIN_MILLISECONDS; (await database.count(OPEN)) > 0 && Date.now() < end;) {
    await director.reopenAccounts();
    await bringForward(database);
    await pause(500);
  }
}
