import { type BeforeApplicationShutdown, Inject, Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { isDatabaseAway } from '../database/sql-state.js';
import { latestRun, nextRun } from './cron-times.js';
import type { RecurringJob } from './recurring-jobs.js';

/** Injection token: the list of recurring jobs. */
export const RECURRING_JOBS = Symbol('RECURRING_JOBS');

const UTC = 'UTC';

/** Whoever inserts the row runs the job; every other process finds the slot taken. */
const TAKE_SLOT = 'INSERT INTO job_run (job, slot) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING job';

const LAST_SLOTS = 'SELECT job, max(slot) AS slot FROM job_run GROUP BY job';

/** A job with its slots. */
export interface JobSlots {
  job: RecurringJob;
  /** The last slot that some process ran, or null. */
  lastAt: Date | null;
  nextAt: Date | null;
}

/** Runs recurring jobs, each slot in one process only. A slot that passed while nothing ran is made up for at the next look. */
@Injectable()
export class JobRunner implements BeforeApplicationShutdown {
  private readonly logger = new Logger(JobRunner.name);
  /** The slots this process has dealt with: they are not asked for again. */
  private readonly seen = new Map<string, number>();
  private readonly running = new Set<Promise<unknown>>();
  private stopped = false;

  constructor(
    @Inject(RECURRING_JOBS) readonly jobs: readonly RecurringJob[],
    private readonly dataSource: DataSource,
  ) {
    const twice = jobs.find(({ name }, at) => jobs.findIndex((job) => job.name === name) !== at);
    if (twice !== undefined) throw new Error(`Two recurring jobs are named ${twice.name}`);
  }

  async beforeApplicationShutdown(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.running);
  }

  /** Runs every job whose slot nobody has taken yet; returns the names of those that ran here. Never rejects. */
  async runDue(now: Date): Promise<string[]> {
    const ran = await Promise.all(this.jobs.map(async (job) => ((await this.runJob(job, now)) ? [job.name] : [])));
    return ran.flat();
  }

  /** The same for one job. */
  async runJob(job: RecurringJob, now: Date): Promise<boolean> {
    const slot = latestRun(job.cron, UTC, now);
    if (this.stopped || (this.seen.get(job.name) ?? -Infinity) >= slot.getTime()) return false;
    this.seen.set(job.name, slot.getTime());
    const run = this.runSlot(job, slot);
    this.running.add(run);
    try {
      return await run;
    } finally {
      this.running.delete(run);
    }
  }

  async slots(now: Date): Promise<JobSlots[]> {
    const rows: { job: string; slot: Date }[] = await this.dataSource.query(LAST_SLOTS);
    const last = new Map(rows.map(({ job, slot }) => [job, slot]));
    return this.jobs.map((job) => ({
      job,
      lastAt: last.get(job.name) ?? null,
      nextAt: nextRun(job.cron, UTC, now) ?? null,
    }));
  }

  private async runSlot(job: RecurringJob, slot: Date): Promise<boolean> {
    try {
      const taken: unknown[] = await this.dataSource.query(TAKE_SLOT, [job.name, slot]);
      if (taken.length === 0) return false;
    } catch (error) {
      this.seen.delete(job.name);
      // Tried again within a second, and others tell that the database is away.
      this.logger[isDatabaseAway(error) ? 'debug' : 'error'](
        `Job ${job.name} cannot take its slot ${slot.toISOString()}: ${words(error)}`,
      );
      return false;
    }
    try {
      await job.run();
    } catch (error) {
      this.logger.error(`Job ${job.name} failed in its slot ${slot.toISOString()}: ${words(error)}`);
    }
    return true;
  }
}

function words(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
