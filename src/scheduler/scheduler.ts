import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { type CancelTimer, Clock } from '../common/clock.js';
import { Config } from '../config/config.js';
import { RecurrenceService } from './recurrences.js';

/** Other processes may change schedules: the database is asked again after this long at the latest. */
const LONGEST_REST = 5_000;

/** Starts recurring messages on their instant: one timer for the earliest run of all schedules. */
@Injectable()
export class Scheduler implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly logger = new Logger(Scheduler.name);
  private active = false;
  private cancel: CancelTimer = () => undefined;
  private looking: Promise<void> | undefined;
  private changed = false;

  constructor(
    private readonly recurrences: RecurrenceService,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    this.active = this.config.roles.includes('scheduler');
    this.wake();
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.active = false;
    this.cancel();
    await this.looking;
  }

  /** Call after a schedule was changed: the timer is set anew. Does nothing in a process that fires no schedules. */
  wake(): void {
    if (!this.active) return;
    if (this.looking !== undefined) {
      this.changed = true;
      return;
    }
    this.cancel();
    this.changed = false;
    this.looking = this.fireAndRest().finally(() => {
      this.looking = undefined;
      if (this.changed) this.wake();
    });
  }

  private async fireAndRest(): Promise<void> {
    const now = this.clock.now();
    let at = new Date(now.getTime() + LONGEST_REST);
    try {
      await this.recurrences.fireDue();
      const next = await this.recurrences.nextDue(now);
      if (next !== undefined && next < at) at = next;
    } catch (error) {
      this.logger.error(`Schedules have to wait: ${error instanceof Error ? error.message : String(error)}`);
    }
    if (this.active) this.cancel = this.clock.at(at, () => this.wake());
  }
}
