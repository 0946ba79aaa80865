import { pause } from '../support/pause.js';
import type { CountingVendorProcess } from '../support/counting-vendor-process.js';
import type { ChaosDatabase, RestartMode } from './chaos-database.js';
import type { Crew } from './crew.js';
import { expireLeases, InFlight } from './in-flight.js';
import { CHANNELS, ORGANISATION } from './installation.js';

/** Milliseconds since 1970 in which something was down. */
export interface Disturbance {
  from: number;
  to: number;
}

/** How often each kind of trouble comes, in rounds; the others kill one worker. */
const EVERY = { powerCut: 5, api: 11, vendor: 17, database: 20 };
const REOPENINGS = 8;
const PAUSE = { least: 60, spread: 700 };

/** Makes the trouble, and keeps account of what was in flight at each. */
export class Director {
  kills = 0;
  powerCuts = 0;
  databaseRestarts = 0;
  vendorDeaths = 0;
  readonly disturbances: Disturbance[] = [];
  readonly inFlight: InFlight;
  private rounds = 0;

  constructor(
    private readonly crew: Crew,
    private readonly database: ChaosDatabase,
    private readonly vendor: CountingVendorProcess,
    private readonly random: () => number,
  ) {
    this.inFlight = new InFlight(database);
  }

  /** Waits a random moment, and then lets one thing go wrong. */
  async round(): Promise<void> {
    this.rounds++;
    while (this.crew.workersUp.length === 0) await pause(20);
    await pause(PAUSE.least + this.random() * PAUSE.spread);
    const due = (every: number, offset: number): boolean => this.rounds % every === offset;
    if (due(EVERY.database, 1)) await this.restartDatabase(this.databaseRestarts % 2 === 0 ? 'immediate' : 'fast');
    if (due(EVERY.vendor, 2)) await this.killVendor();
    if (due(EVERY.powerCut, 4)) return this.powerCut();
    if (due(EVERY.api, 5)) return this.killApi();
    return this.killWorker();
  }

  /** Kills all workers at once; what they held is ready again at once, since nobody can hold anything any more. */
  async powerCut(): Promise<void> {
    const { crew, database } = this;
    await crew.complete();
    await this.disturb(async () => {
      const victims = crew.workersUp;
      await this.kill(victims);
      await expireLeases(database);
      crew.restart(victims);
      await crew.complete();
    });
    this.powerCuts++;
  }

  async killWorker(): Promise<void> {
    const up = this.crew.workersUp;
    const victim = up[Math.floor(this.random() * up.length)];
    if (victim === undefined) return;
    await this.disturb(() => this.kill([victim]));
    this.crew.restart([victim]);
  }

  async killApi(): Promise<void> {
    await this.disturb(() => this.kill([this.crew.api]));
    this.crew.restart([this.crew.api]);
  }

  async restartDatabase(mode: RestartMode): Promise<void> {
    const { restart } = this.database;
    if (restart === undefined) return;
    await this.disturb(async () => {
      await restart(mode);
      // A claim may have been made whose answer was lost: such a batch counts as in flight, though nobody works on it.
      await this.inFlight.note(Date.now());
    });
    this.databaseRestarts++;
  }

  async killVendor(): Promise<void> {
    await this.disturb(async () => {
      await this.vendor.kill();
      await pause(200 + this.random() * 800);
      await this.vendor.start();
      // A worker may report late that the vendor was away, which pauses the account once more.
      for (let times = 0; times < REOPENINGS; times++) {
        await this.reopenAccounts();
        await pause(500);
      }
    });
    this.vendorDeaths++;
  }

  /** As an operator would, instead of waiting until the accounts are tried again. */
  async reopenAccounts(): Promise<void> {
    for (const code of Object.keys(CHANNELS)) {
      await this.crew.call('POST', `vendor-accounts/${code}/verify`, undefined, ORGANISATION);
    }
  }

  private async kill(victims: Crew['workers']): Promise<void> {
    const sessions = await this.crew.kill(victims);
    const at = Date.now();
    for (const name of sessions) await this.database.sessionsEnd(name);
    await this.inFlight.note(at);
    this.kills += sessions.length;
  }

  private async disturb(work: () => Promise<void>): Promise<void> {
    const from = Date.now();
    await work();
    this.disturbances.push({ from, to: Date.now() });
  }
}
