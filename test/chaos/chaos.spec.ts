import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ChaosDatabase } from './chaos-database.js';
import type { ChaosFigures, ChaosReport } from './chaos-report.js';
import { runChaos } from './run-chaos.js';

const SEED = 4;
/** Of single workers; the power cut at the end kills both. */
const KILLS = 2;

let database: ChaosDatabase;
let report: ChaosReport;
let figures: ChaosFigures;

/** The short form of `npm run chaos`. */
beforeAll(async () => {
  database = await ChaosDatabase.open();
  const options = { database, seed: SEED, kills: KILLS, people: 2_000, crews: [2], naturalEnd: false, thorough: false };
  ({ report, figures } = await runChaos({ ...options, log: () => undefined }));
}, 300_000);

afterAll(() => database.close());

describe('processes killed in the middle of their work', () => {
  it('lose nothing, and break no promise', () => {
    expect(report).toMatchObject({ seed: SEED, lost: 0, breaches: [] });
  });

  it('were killed, and had much to do', () => {
    expect(report.kills).toBeGreaterThan(KILLS);
    expect(figures.troubles.powerCuts).toBeGreaterThan(0);
    expect(figures.troubles.vendorDeaths).toBeGreaterThan(0);
    expect(report.deliveries).toBeGreaterThanOrEqual(4_000);
    const { quiet, held, waiting } = figures.urgent;
    expect(quiet.count + held.count + waiting.count).toBeGreaterThan(0);
    expect(figures.memory.processes).toBeGreaterThan(KILLS);
  });
});
