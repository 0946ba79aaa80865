import { setMaxListeners } from 'node:events';
import { Injectable, Logger, type OnApplicationBootstrap, type BeforeApplicationShutdown } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Config } from '../config/config.js';
import { Dispatcher } from './dispatcher.js';
import { NextDue } from './next-due.js';
import { Planner } from './planner.js';
import { ReadyWork } from './ready-work.js';
import { Served, type Serving, SERVING_NOBODY } from './served.js';
import { Stragglers } from './stragglers.js';
import { type Work, WorkSignal } from './work-signal.js';

/** The watching loop looks at least this often for work of other processes; work of its own process wakes it at once. */
const IDLE_MILLISECONDS = 100;
/** The other loops wait to be woken, and look by themselves only this often. */
const DOZE_MILLISECONDS = 2_000;
/** After an error (the database is away) it waits this long. */
const TROUBLE_MILLISECONDS = 1_000;

const URGENT = 0;
const ANY = 2;

interface LoopOptions {
  kind: Work;
  /** It takes only organisations that no other loop is at. */
  guest: boolean;
  serving: Serving;
  /** What it does when there is nothing, given the news it has heard. */
  rest: (heard: number) => Promise<void>;
}

/**
 * The loops that plan and dispatch: one planner and WORKER_CONCURRENCY dispatchers for everything; one of each kept free for urgent
 * messages, so that these never wait behind a broadcast; and one planner and half as many dispatchers again that keep away from
 * organisations others are at, so that a small one does not wait behind a large one's.
 */
@Injectable()
export class Worker implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Worker.name);
  private readonly idle = new AbortController();
  private readonly abandon = new AbortController();
  private loops: Promise<void>[] = [];
  private organisations: number[] = [];
  private turn = 0;
  private readonly stragglers: Stragglers;
  private readonly served: Record<Work, Served> = { plan: new Served(), dispatch: new Served() };

  constructor(
    private readonly config: Config,
    private readonly planner: Planner,
    private readonly dispatcher: Dispatcher,
    private readonly readyWork: ReadyWork,
    private readonly nextDue: NextDue,
    private readonly signal: WorkSignal,
    private readonly clock: Clock,
  ) {
    this.stragglers = new Stragglers(clock, () => this.signal.notify('dispatch', false));
    // Every call under way listens to them.
    setMaxListeners(0, this.idle.signal, this.abandon.signal);
  }

  async onApplicationBootstrap(): Promise<void> {
    if (!this.config.roles.includes('worker')) return;
    await this.readyWork.sweep();
    this.organisations = await this.readyWork.organisations();
    const concurrency = this.config.workerConcurrency;
    this.loops = [
      this.planLoop(ANY),
      // Seldom busy, so it is the one that watches.
      this.planLoop(URGENT, { rest: (heard) => this.watch(heard) }),
      ...Array.from({ length: concurrency }, () => this.dispatchLoop(ANY)),
      this.dispatchLoop(URGENT),
      this.planLoop(ANY, { guest: true }),
      ...Array.from({ length: Math.ceil(concurrency / 2) }, () => this.dispatchLoop(ANY, { guest: true })),
    ];
  }

  /** Lets calls that are under way finish, up to the grace period, and gives back what was only claimed. */
  async beforeApplicationShutdown(): Promise<void> {
    this.idle.abort();
    const grace = setTimeout(() => this.abandon.abort(), this.config.shutdownGraceSeconds * 1000);
    await Promise.all(this.loops);
    await this.stragglers.settled();
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

  private planLoop(lowest: number, options: Partial<LoopOptions> = {}): Promise<void> {
    return this.loop({ ...this.usual('plan', lowest), ...options }, async (organisation) => {
      const planned = await this.planner.planDue(organisation, lowest);
      if (planned > 0) this.signal.notify('dispatch', true);
      return planned > 0;
    });
  }

  private dispatchLoop(lowest: number, options: Partial<LoopOptions> = {}): Promise<void> {
    return this.loop({ ...this.usual('dispatch', lowest), ...options }, async (organisation, found) => {
      const { idle, abandon, stragglers } = this;
      const options = { found, stragglers };
      return (await this.dispatcher.dispatchDue(organisation, lowest, idle.signal, abandon.signal, options)) > 0;
    });
  }

  private usual(kind: Work, lowest: number): LoopOptions {
    // A loop that takes urgent work only leaves an organisation's other work to others.
    const serving = lowest === URGENT ? SERVING_NOBODY : this.served[kind].join();
    return { kind, guest: false, serving, rest: this.doze(kind, lowest) };
  }

  /** Goes round the organisations, one helping each, and rests when none has anything. */
  private async loop(
    { kind, guest, serving, rest }: LoopOptions,
    work: (organisationId: number, found: () => void) => Promise<boolean>,
  ): Promise<void> {
    // Where one found something there may be more, for the next that is idle.
    const next = (): void => this.signal.notify(kind, false);
    while (!this.idle.signal.aborted) {
      try {
        const heard = this.signal.heard(kind);
        let busy = false;
        for (const organisation of this.turnOrder()) {
          if (this.idle.signal.aborted) return;
          if (guest && serving.byOthers(organisation)) continue;
          serving.begin(organisation);
          const found = await work(organisation, next);
          if (!found) serving.end(organisation);
          busy = busy || found;
        }
        if (!busy) await rest(heard);
      } catch (error) {
        serving.endAll();
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
  private async watch(heard: number): Promise<void> {
    this.organisations = await this.readyWork.organisations();
    const now = this.clock.now().getTime();
    const due = (await this.nextDue.within(this.organisations, IDLE_MILLISECONDS))?.getTime() ?? Infinity;
    if (due <= now) this.signal.notifyAll();
    // What is due and was not taken is what others are busy with.
    const next = due <= now ? now + IDLE_MILLISECONDS : Math.min(due, now + IDLE_MILLISECONDS);
    await this.signal.wait(
      'plan',
      true,
      due <= now ? this.signal.heard('plan') : heard,
      new Date(next),
      this.idle.signal,
    );
    if (due <= next) this.signal.notifyAll();
  }

  /** Sleeps until somebody has work, or for long. */
  private doze(work: Work, lowest: number): (heard: number) => Promise<void> {
    return (heard) =>
      this.signal.wait(
        work,
        lowest === URGENT,
        heard,
        new Date(this.clock.now().getTime() + DOZE_MILLISECONDS),
        this.idle.signal,
      );
  }
}
