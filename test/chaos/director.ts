import { LEASE_MILLISECONDS } from '../../src/messages/lease.js';
import type { CountingVendorProcess } from '../support/counting-vendor-process.js';
import { pause } from '../support/pause.js';
import type { ChaosDatabase, RestartMode } from './chaos-database.js';
import type { Troubles } from './chaos-report.js';
import type { Crew } from './crew.js';
import type { Downtime, Span } from './downtime.js';
import { expireLeases, InFlight } from './in-flight.js';
import { CHANNELS, ORGANISATION } from './installation.js';

/** In which round, and then every how many rounds, each kind of trouble comes; the other rounds only kill workers. */
const ROUNDS = {
  database: { first: 1, every: 10 },
  vendor: { first: 2, every: 12 },
  powerCut: { first: 4, every: 7 },
  api: { first: 5, every: 11 },
  outage: { first: 13, every: 40 },
};
const REOPENINGS = 8;
const PAUSE = { least: 60, spread: 700 };
/** Of an outage: no lease may live through it. */
const OUTAGE_MILLISECONDS = LEASE_MILLISECONDS + 3_000;
/** How long after the database's return the workers try again. */
const RECOVERY_MILLISECONDS = 1_500;

/** Makes the trouble, and keeps account of what was in flight at each. */
export class Director {
  kills = 0;
  readonly inFlight: InFlight;
  /** When the database was away, up to when all had found it again. */
  readonly databaseAway: Span[] = [];
  private readonly made: Omit<Troubles, 'plansCut'> = {
    killsByCrew: {},
    apiKills: 0,
    powerCuts: 0,
    restarts: { fast: 0, immediate: 0 },
    outages: 0,
    vendorDeaths: 0,
  };
  private rounds = 0;

  constructor(
    private readonly crew: Crew,
    private readonly database: ChaosDatabase,
    private readonly vendor: CountingVendorProcess,
    private readonly downtime: Downtime,
    private readonly random: () => number,
    private readonly log: (text: string) => void,
  ) {
    this.inFlight = new InFlight(database);
  }

  get troubles(): Troubles {
    return { ...this.made, plansCut: this.inFlight.plans };
  }

  /** Waits a random moment, and then lets something go wrong. */
  async round(): Promise<void> {
    this.rounds++;
    while (this.crew.workersUp.length < this.crew.workers.length / 2) await pause(20);
    await pause(PAUSE.least + this.random() * PAUSE.spread);
    const due = ({ first, every }: { first: number; every: number }): boolean =>
      this.rounds >= first && (this.rounds - first) % every === 0;
    const { immediate, fast } = this.made.restarts;
    if (due(ROUNDS.database)) await this.restartDatabase(immediate > fast ? 'fast' : 'immediate');
    if (due(ROUNDS.outage)) await this.restartDatabase('fast', OUTAGE_MILLISECONDS);
    if (due(ROUNDS.vendor)) await this.killVendor();
    if (due(ROUNDS.powerCut)) return this.powerCut();
    if (due(ROUNDS.api)) return this.killApi();
    return this.killWorkers();
  }

  /** Kills all workers at once; what they held is ready again at once, since nobody can hold anything any more. */
  async powerCut(): Promise<void> {
    const { crew, database } = this;
    await crew.complete();
    const victims = crew.workersUp;
    await this.kill(victims);
    await expireLeases(database);
    crew.restart(victims);
    this.made.powerCuts++;
  }

  /** One, or sometimes more of a large crew. What they held waits until its lease has run out. */
  async killWorkers(): Promise<void> {
    const up = [...this.crew.workersUp];
    const count = 1 + Math.floor(this.random() * (this.crew.workers.length / 2));
    const victims = Array.from({ length: Math.min(count, up.length) }, () =>
      up.splice(Math.floor(this.random() * up.length), 1),
    ).flat();
    await this.kill(victims);
    this.crew.restart(victims);
  }

  async killApi(): Promise<void> {
    await this.kill([this.crew.api]);
    this.crew.restart([this.crew.api]);
    this.made.apiKills++;
  }

  async restartDatabase(mode: RestartMode, away = 0): Promise<void> {
    const { restart } = this.database;
    if (restart === undefined) return;
    const from = Date.now();
    await restart(mode, away);
    // A claim may have been made whose answer was lost: such a batch counts as in flight, though nobody works on it.
    await this.inFlight.note(Date.now());
    const to = Date.now() + RECOVERY_MILLISECONDS;
    this.downtime.add(from, to);
    this.databaseAway.push({ from, to });
    this.log(
      `  ${time(from)} to ${time(to)}: ${away > 0 ? 'outage of the database' : `${mode} restart of the database`}`,
    );
    if (away > 0) this.made.outages++;
    else this.made.restarts[mode]++;
  }

  async killVendor(): Promise<void> {
    const from = Date.now();
    await this.vendor.kill();
    await pause(200 + this.random() * 800);
    await this.vendor.start();
    // A worker may report late that the vendor was away, which pauses the account once more.
    for (let times = 0; times < REOPENINGS; times++) {
      await this.reopenAccounts();
      await pause(500);
    }
    this.downtime.add(from, Date.now());
    this.made.vendorDeaths++;
    this.log(`  ${time(from)} to ${time(Date.now())}: death of the vendor`);
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
    const { killsByCrew } = this.made;
    const size = this.crew.workers.length;
    killsByCrew[size] = (killsByCrew[size] ?? 0) + sessions.length;
  }
}

const time = (at: number): string => new Date(at).toISOString().slice(11, 19);
