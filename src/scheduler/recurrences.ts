import { Injectable, Logger } from '@nestjs/common';
import { DataSource, In, LessThanOrEqual } from 'typeorm';
import { Clock } from '../common/clock.js';
import { groupBy } from '../common/group-by.js';
import { Conflict } from '../common/problem.js';
import { isDatabaseAway } from '../database/sql-state.js';
import type { TenantScope } from '../database/tenant-scope.js';
import { Tenants } from '../database/tenants.js';
import { MessageAcceptor } from '../messages/message-acceptor.js';
import { FIND_BY_DEDUP_KEY } from '../messages/sql/insert-message.js';
import { latestRun, nextRun } from './cron-times.js';
import { Schedule } from './schedule.entity.js';
import { requestOfRun } from './scheduled-request.js';
import { DUE_SCHEDULES, NEXT_DUE_SCHEDULE } from './sql/due-schedules.js';

/** A run later than this was missed: nothing was there to make it at its time. */
const MISSED_MILLISECONDS = 60_000;
const TAKEN_AT_ONCE = 200;
const MADE_AT_ONCE = 4;

/** A schedule whose next run has come. */
type DueSchedule = Schedule & { nextAt: Date };

/** What became of a run. */
interface RunResult {
  lastMessageId?: string;
  lastError: string | null;
  made: boolean;
}

/**
 * Makes the messages of schedules whose time has come. A run is accepted first, under a dedup key that names its slot, and then the
 * schedule moves on, if it still stands where it stood: whatever crashes in between, and however many processes do it at once, each slot
 * makes one message.
 */
@Injectable()
export class RecurrenceService {
  private readonly logger = new Logger(RecurrenceService.name);

  constructor(
    private readonly dataSource: DataSource,
    private readonly tenants: Tenants,
    private readonly acceptor: MessageAcceptor,
    private readonly clock: Clock,
  ) {}

  /** Makes every run that is due; returns how many messages that were. */
  async fireDue(): Promise<number> {
    let made = 0;
    for (let moved = 1; moved > 0;) {
      moved = 0;
      const due: { organisationId: number; id: number }[] = await this.dataSource.query(DUE_SCHEDULES, [
        this.clock.now(),
        TAKEN_AT_ONCE,
      ]);
      for (const [organisationId, rows] of groupBy(due, (row) => row.organisationId)) {
        const results = await this.fireOf(
          this.tenants.of(organisationId),
          rows.map(({ id }) => id),
        );
        moved += results.filter((result) => result !== undefined).length;
        made += results.filter((result) => result === true).length;
      }
    }
    return made;
  }

  /** When the first run after `after` falls due, of all schedules. */
  async nextDue(after: Date): Promise<Date | undefined> {
    const rows: { at: Date }[] = await this.dataSource.query(NEXT_DUE_SCHEDULE, [after]);
    return rows[0]?.at;
  }

  /** Per schedule: whether it made a message, or undefined when it stays where it stood. */
  private async fireOf(scope: TenantScope, ids: number[]): Promise<(boolean | undefined)[]> {
    const results: (boolean | undefined)[] = [];
    const where = { id: In(ids), state: 'active' as const, nextAt: LessThanOrEqual(this.clock.now()) };
    const schedules = (await scope.find(Schedule, where)).filter((one): one is DueSchedule => one.nextAt !== null);
    for (let at = 0; at < schedules.length; at += MADE_AT_ONCE) {
      const some = schedules.slice(at, at + MADE_AT_ONCE);
      results.push(...(await Promise.all(some.map((schedule) => this.fire(scope, schedule)))));
    }
    return results;
  }

  private async fire(scope: TenantScope, schedule: DueSchedule): Promise<boolean | undefined> {
    try {
      const { cron, timeZone, nextAt } = schedule;
      const slot = this.slotToMake(schedule);
      const result = slot === undefined ? undefined : await this.run(scope, schedule, slot);
      const after = nextRun(cron, timeZone, slot ?? this.clock.now()) ?? null;
      const moved = await scope.update(
        Schedule,
        { id: schedule.id, nextAt, state: 'active' },
        {
          nextAt: after,
          ...(result === undefined
            ? {}
            : { lastAt: slot, lastMessageId: result.lastMessageId, lastError: result.lastError }),
        },
      );
      // Another process was first, or the schedule was changed: the next look shows what is due now.
      return moved === 0 && result?.made !== true ? undefined : result?.made === true;
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      this.logger.error(
        `Schedule ${schedule.code} of organisation ${scope.organisationId} cannot move on: ${words(error)}`,
      );
      return undefined;
    }
  }

  /** The slot to make a message for; of several missed ones the latest makes up for all. Undefined: none. */
  private slotToMake({ cron, timeZone, nextAt, missedRun }: DueSchedule): Date | undefined {
    const now = this.clock.now();
    const missed = (slot: Date): boolean => now.getTime() - slot.getTime() > MISSED_MILLISECONDS;
    if (!missed(nextAt)) return nextAt;
    const latest = latestRun(cron, timeZone, now);
    const slot = latest > nextAt ? latest : nextAt;
    return missedRun === 'skip' && missed(slot) ? undefined : slot;
  }

  private async run(scope: TenantScope, schedule: DueSchedule, slot: Date): Promise<RunResult> {
    const request = requestOfRun(schedule, slot);
    const caller = { organisationId: scope.organisationId, applicationId: schedule.applicationId };
    try {
      const { id, replayed } = await this.acceptor.accept(caller, 'schedule', request);
      return { lastMessageId: id, lastError: null, made: !replayed };
    } catch (error) {
      if (isDatabaseAway(error)) throw error;
      if (error instanceof Conflict && error.code === 'dedup_key_reused') {
        // The slot was made before the schedule's request was changed.
        const values = [schedule.applicationId, request.dedupKey];
        const [message] = await scope.query<{ id: string }>(FIND_BY_DEDUP_KEY, values);
        return { lastMessageId: message?.id, lastError: null, made: false };
      }
      const late = request.expiresAt !== undefined && request.expiresAt <= this.clock.now();
      const lastError = late
        ? `The run came after it had expired, at ${request.expiresAt?.toISOString()}.`
        : words(error);
      this.logger.warn(
        `Schedule ${schedule.code} of organisation ${scope.organisationId}, run of ${slot.toISOString()}: ${lastError}`,
      );
      return { lastError, made: false };
    }
  }
}

function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
