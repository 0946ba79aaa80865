import type { JobSlots } from './job-runner.js';

/** Recurring work that Tidings does by itself. */
export class JobDto {
  /**
   * What it is called by.
   * @example 'make-partitions'
   */
  name: string;

  /**
   * What it does.
   * @example 'Makes the tables for the delivery records of the coming weeks.'
   */
  purpose: string;

  /**
   * When it runs, as a cron expression in UTC, seconds first.
   * @example '0 0 * * * *'
   */
  cron: string;

  /**
   * The newest slot that a process has taken; null when none has within 7 days. Each slot is run by one process.
   * @example '2026-12-01T08:00:00.000Z'
   */
  lastAt: Date | null;

  /**
   * Its next slot.
   * @example '2026-12-01T09:00:00.000Z'
   */
  nextAt: Date | null;
}

/** All recurring jobs. */
export class JobPageDto {
  /** In the order in which they are listed in the program. */
  items: JobDto[];

  /**
   * Always null: there is one page.
   * @example null
   */
  nextCursor: string | null;
}

export function toJobDto({ job: { name, purpose, cron }, lastAt, nextAt }: JobSlots): JobDto {
  return { name, purpose, cron, lastAt, nextAt };
}
