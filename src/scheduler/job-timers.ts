import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { SchedulerRegistry } from '@nestjs/schedule';
import { Clock } from '../common/clock.js';
import { Config } from '../config/config.js';
import { JobRunner } from './job-runner.js';

/** How often each job looks whether its slot has come; nothing but memory is asked until it has. */
const LOOK_MILLISECONDS = 1_000;

/** Keeps the recurring jobs going in processes that are schedulers; the registry ends them at shutdown. */
@Injectable()
export class JobTimers implements OnApplicationBootstrap {
  constructor(
    private readonly runner: JobRunner,
    private readonly registry: SchedulerRegistry,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap(): void {
    if (!this.config.roles.includes('scheduler')) return;
    for (const job of this.runner.jobs) {
      const look = (): void => void this.runner.runJob(job, this.clock.now());
      look();
      this.registry.addInterval(job.name, setInterval(look, LOOK_MILLISECONDS).unref());
    }
  }
}
