import { setMaxListeners } from 'node:events';
import { Injectable, Logger, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Config } from '../config/config.js';
import { Dispatcher } from './dispatcher.js';
import { NextDue } from './next-due.js';
import { Planner } from './planner.js';
import { ReadyWork } from './ready-work.js';
import { WorkSignal } from './work-signal.js';

/** The watching loop looks at least this often for work of other processes; work of its own process wakes it at once. */
const IDLE_MILLISECONDS = 100;
/** Between looks while there is work due that others are busy with. */
const BUSY_MILLISECONDS = 25;
/** The other loops wait to be woken, and look by themselves only this often. */
const DOZE_MILLISECONDS = 2_000;
/** After an error (the database is away) it waits this long. */
const TROUBLE_MILLISECONDS = 1_000;

const URGENT = 0;
const ANY = 2;

/**
 * The loops that plan and dispatch: one planner and WORKER_CONCURRENCY dispatchers for everything, and one of each kept free for
 * urgent messages, so that these never wait behind a broadcast.
 */
@Injectable()
export class Worker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Worker.name);
  private readonly idle = new AbortController();
  private readonly abandon = new AbortController();
  private loops: Promise<void>[] = [];
  private organisations: number[] = [];
  private turn = 0;

  constructor(
    private readonly config: Config,
    private readonly planner: Planner,
    private readonly dispatcher: Dispatcher,
    private readonly readyWork: ReadyWork,
    private readonly nextDue: NextDue,
    private readonly signal: WorkSignal,
    private readonly clock: Clock,
  ) {
    // Every call under way listens to them.
    setMaxListeners(0, this.idle.signal, this.abandon.signal);
  }

  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.roles.includes('worker')) return;
    await this.readyWork.sweep();
    this.organisations = await this.readyWork.organisations();
    this.loops = [
      this.planLoop(ANY, () => this.doze()),
      // Seldom busy, so it is the one that watches.
      this.planLoop(URGENT, () => this.watch()),
      ...Array.from({ length: this.config.workerConcurrency }, () => this.dispatchLoop(ANY)),
      this.dispatchLoop(URGENT),
    ];
  }

  /** Lets calls that are under way finish, up to the grace period, and gives back what was only claimed. */
  async beforeApplicationShutdown(): Promise<void> {
    this.idle.abort();
    const grace = setTimeout(() => this.abandon.abort(), this.config.shutdownGraceSeconds * 1000);
    await Promise.all(this.loops);
    clearTimeout(grace);
  }

  /** Plans and dispatches until nothing is due; for callers that run no loops. */
  async drain(): Promise<void> {
    await this.readyWork.sweep();
    for (let busy = true; busy;) {
      busy = false;
      for (const organisation of await this.readyWork.organisations()) {
        busy = (await this.planner.planDue(organisation, ANY)) > 0 || busy;
        busy =
          (await this.dispatcher.dispatchDue(organisation, ANY, this.idle.signal, this.abandon.signal)) > 0 || busy;
      }
    }
  }

  private planLoop(lowest: number, rest: () => Promise<void>): Promise<void> {
    return this.loop(async (organisation) => {
      const planned = await this.planner.planDue(organisation, lowest);
      if (planned > 0) this.signal.notify();
      return planned > 0;
    }, rest);
  }

  private dispatchLoop(lowest: number): Promise<void> {
    return this.loop(
      async (organisation) =>
        (await this.dispatcher.dispatchDue(organisation, lowest, this.idle.signal, this.abandon.signal)) > 0,
      () => this.doze(),
    );
  }

  /** Goes round the organisations, one helping each, and rests when none has anything. */
  private async loop(work: (organisationId: number) => Promise<boolean>, rest: () => Promise<void>): Promise<void> {
    while (!this.idle.signal.aborted) {
      try {
        let busy = false;
        for (const organisation of this.turnOrder()) {
          if (this.idle.signal.aborted) return;
          busy = (await work(organisation)) || busy;
        }
        if (!busy) await rest();
      } catch (error) {
        this.logger.error(`Work is interrupted: ${error instanceof Error ? error.message : String(error)}`);
        await this.clock.sleep(TROUBLE_MILLISECONDS, this.idle.signal);
      }
    }
  }

  /** Each round begins with another organisation, or all loops would begin with the same one, and the last would wait for all. */
  private turnOrder(): number[] {
    const organisations = this.organisations;
    const start = this.turn++ % Math.max(1, organisations.length);
    return [...organisations.slice(start), ...organisations.slice(0, start)];
  }

  /** One loop watches for all: it learns of new organisations, and wakes the others when something falls due. */
  private async watch(): Promise<void> {
    this.organisations = await this.readyWork.organisations();
    const now = this.clock.now().getTime();
    const due = (await this.nextDue.within(this.organisations, IDLE_MILLISECONDS))?.getTime() ?? Infinity;
    if (due <= now) this.signal.notify();
    const next = due <= now ? now + BUSY_MILLISECONDS : Math.min(due, now + IDLE_MILLISECONDS);
    await this.signal.wait(new Date(next), this.idle.signal);
    if (due <= next) this.signal.notify();
  }

  /** Sleeps until somebody has work, or for long. */
  private async doze(): Promise<void> {
    await this.signal.wait(new Date(this.clock.now().getTime() + DOZE_MILLISECONDS), this.idle.signal);
  }
}
