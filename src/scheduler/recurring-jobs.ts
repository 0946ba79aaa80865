import { Injectable, Logger } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Alerts } from '../channels/alerts/alerts.js';
import { DatabaseSandboxJournal } from '../channels/database-sandbox-journal.js';
import { Clock } from '../common/clock.js';
import { Config } from '../config/config.js';
import { dropPartitions, ensurePartitions, type Query } from '../database/partitions.js';
import { Tenants } from '../database/tenants.js';
import { UnknownDeadline } from '../deliveries/unknown-deadline.js';
import { ReadyWork } from '../messages/ready-work.js';
import { FINISH_MESSAGES } from './sql/finish-messages.js';

/** Work that is done again and again, once per slot over all processes. It must bear being cut off and done again. */
export interface RecurringJob {
  /** Unique, and stable: it is the key of the job's slots in the database. */
  name: string;
  /** What it does, for operators. */
  purpose: string;
  /** When it runs, in UTC; six fields, seconds first. */
  cron: string;
  run(): Promise<void>;
}

/** A message may be shown as being sent for so long after its last batch went, before the net below the recorder catches it. */
const FINISH_AFTER = 10 * 60_000;
const DAY = 86_400_000;
const JOB_RUNS_DAYS = 7;
/** Vendors report within three days, or never. */
const AWAITED_DAYS = 7;

/** Every recurring job of Tidings. */
@Injectable()
export class RecurringJobs {
  private readonly logger = new Logger(RecurringJobs.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly tenants: Tenants,
    private readonly readyWork: ReadyWork,
    private readonly unknownDeadline: UnknownDeadline,
    private readonly sandboxJournal: DatabaseSandboxJournal,
    private readonly alerts: Alerts,
    private readonly config: Config,
    private readonly clock: Clock,
  ) {}

  readonly list: readonly RecurringJob[] = [
    {
      name: 'make-partitions',
      purpose: 'Makes the tables for the delivery records of the coming weeks.',
      cron: '0 0 * * * *',
      run: () => this.onOneConnection((query) => ensurePartitions(query, this.clock.now())),
    },
    {
      name: 'drop-old-deliveries',
      purpose: 'Drops the tables of delivery records that are older than DELIVERY_RETENTION_DAYS.',
      cron: '0 30 2 * * *',
      run: () => this.dropOldDeliveries(),
    },
    {
      name: 'sweep-ready-work',
      purpose: 'Tells the workers of organisations that have something due soon.',
      cron: '0 * * * * *',
      run: () => this.readyWork.sweep(),
    },
    {
      name: 'finish-messages',
      purpose: 'Ends messages that count as being sent although nothing of them is left to send.',
      cron: '30 * * * * *',
      run: () => this.finishMessages(),
    },
    {
      name: 'settle-unknown',
      purpose: 'Calls failed the deliveries that have been unknown for longer than their channel waits.',
      cron: '0 5 * * * *',
      run: () => this.unknownDeadline.settle(),
    },
    {
      name: 'trim-sandbox',
      purpose: 'Forgets what the sandbox vendor was given 30 days ago, or more than 20 000 calls ago.',
      cron: '0 15 * * * *',
      run: async () => {
        await this.sandboxJournal.trim();
      },
    },
    {
      name: 'forget-alerts',
      purpose: 'Forgets alerts of 90 days ago.',
      cron: '0 20 2 * * *',
      run: () => this.alerts.trim(),
    },
    {
      name: 'forget-awaited-receipts',
      purpose: `Forgets which receipts are awaited under the vendor's own reference, ${AWAITED_DAYS} days after the message was sent.`,
      cron: '0 25 * * * *',
      run: async () => {
        await this.dataSource.query('DELETE FROM awaited_receipt WHERE created_at < $1', [this.daysAgo(AWAITED_DAYS)]);
      },
    },
    {
      name: 'forget-job-runs',
      purpose: `Forgets runs of recurring jobs that are older than ${JOB_RUNS_DAYS} days.`,
      cron: '0 45 2 * * *',
      run: async () => {
        await this.dataSource.query('DELETE FROM job_run WHERE slot < $1', [this.daysAgo(JOB_RUNS_DAYS)]);
      },
    },
  ];

  private async dropOldDeliveries(): Promise<void> {
    const before = this.daysAgo(this.config.deliveryRetentionDays);
    const dropped = await this.onOneConnection((query) => dropPartitions(query, before));
    if (dropped.length > 0) this.logger.log(`Dropped ${dropped.join(', ')}: older than ${before.toISOString()}.`);
  }

  private async finishMessages(): Promise<void> {
    const now = this.clock.now();
    const organisations: { id: number }[] = await this.dataSource.query('SELECT id FROM organisation ORDER BY id');
    for (const { id } of organisations) {
      const values = [now, new Date(now.getTime() - FINISH_AFTER)];
      const ended = await this.tenants.of(id).query<{ id: string }>(FINISH_MESSAGES, values);
      if (ended.length > 0)
        this.logger.warn(
          `Ended messages of organisation ${id} that had no batch left: ${ended.map((one) => one.id).join(', ')}.`,
        );
    }
  }

  /** For what sets its session up, such as a lock timeout. */
  private async onOneConnection<T>(work: (query: Query) => Promise<T>): Promise<T> {
    const runner = this.dataSource.createQueryRunner();
    try {
      return await work((sql, values) => runner.query(sql, values));
    } finally {
      await runner.release();
    }
  }

  private daysAgo(days: number): Date {
    return new Date(this.clock.now().getTime() - days * DAY);
  }
}
