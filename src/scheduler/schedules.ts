import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import type { Caller } from '../access/principal.js';
import { Clock } from '../common/clock.js';
import { NotFound } from '../common/problem.js';
import { smallResourceKey } from '../common/resource-key.js';
import type { TenantScope } from '../database/tenant-scope.js';
import { Tenants } from '../database/tenants.js';
import { MessageAcceptor } from '../messages/message-acceptor.js';
import type { AcceptedMessage } from '../messages/message-request.js';
import type { MessageState } from '../messages/message-state.js';
import { firstRun } from './cron-times.js';
import { Schedule } from './schedule.entity.js';
import { correlationOf, requestOfRun, runPrefix, type ScheduledRequest } from './scheduled-request.js';
import { Scheduler } from './scheduler.js';
import { withinField } from './within-field.js';

export interface NewSchedule {
  code: string;
  name: string;
  cron: string;
  /** The organisation's when left out. */
  timeZone?: string;
  missedRun: 'fire' | 'skip';
  request: ScheduledRequest;
}

export type ScheduleChange = Partial<Omit<NewSchedule, 'code'>>;

/** A message that a schedule made. */
export interface ScheduleRun {
  messageId: string;
  state: MessageState;
  createdAt: Date;
  finishedAt: Date | null;
}

const MOST_RUNS = 50;

const RUNS = `
  SELECT id AS "messageId", state, created_at AS "createdAt", finished_at AS "finishedAt" FROM message
   WHERE organisation_id = $1 AND correlation_id = $2 AND api = 'schedule' AND starts_with(dedup_key, $3)
   ORDER BY id DESC LIMIT $4`;

/** The recurring messages of an organisation; an application sees its own. */
@Injectable()
export class Schedules {
  constructor(
    private readonly tenants: Tenants,
    private readonly acceptor: MessageAcceptor,
    private readonly scheduler: Scheduler,
    private readonly clock: Clock,
  ) {}

  /** One more than `limit` when there are more. */
  list(caller: Caller, limit: number, afterId = '0'): Promise<Schedule[]> {
    const where = { id: MoreThan(Number(afterId)), ...visible(caller) };
    return this.tenants.of(caller.organisationId).find(Schedule, where, { order: { id: 'ASC' }, take: limit + 1 });
  }

  /** @throws NotFound */
  get(caller: Caller, key: string): Promise<Schedule> {
    return this.find(this.tenants.of(caller.organisationId), caller, key);
  }

  /** @throws InvalidRequest, Conflict already_exists by the database's unique code */
  async create(caller: Caller, { timeZone: zone, ...values }: NewSchedule): Promise<Schedule> {
    const scope = this.tenants.of(caller.organisationId);
    const now = this.clock.now();
    const timeZone = zone ?? (await organisationZone(scope));
    const nextAt = firstRun(values.cron, timeZone, now);
    await this.check(caller, values.request);
    const { id } = await scope.insert(Schedule, {
      ...values,
      timeZone,
      applicationId: caller.applicationId,
      state: 'active',
      nextAt,
      createdAt: now,
      updatedAt: now,
    });
    this.scheduler.wake();
    return this.find(scope, caller, `~${id}`);
  }

  /** @throws NotFound, InvalidRequest */
  async change(caller: Caller, key: string, change: ScheduleChange): Promise<Schedule> {
    if (change.request !== undefined) await this.check(caller, change.request);
    return this.update(caller, key, (schedule) => {
      const { cron = schedule.cron, timeZone = schedule.timeZone } = change;
      if (cron === schedule.cron && timeZone === schedule.timeZone) return change;
      const nextAt = firstRun(cron, timeZone, this.clock.now());
      return { ...change, nextAt: schedule.state === 'active' ? nextAt : null };
    });
  }

  /** @throws NotFound */
  pause(caller: Caller, key: string): Promise<Schedule> {
    return this.update(caller, key, () => ({ state: 'paused', nextAt: null }));
  }

  /** Goes on with the next run; those of the pause are not made up for. @throws NotFound */
  resume(caller: Caller, key: string): Promise<Schedule> {
    return this.update(caller, key, ({ state, cron, timeZone }) =>
      state === 'active' ? {} : { state: 'active', nextAt: firstRun(cron, timeZone, this.clock.now()) },
    );
  }

  /** One run now, beside the others and also during a pause. @throws NotFound and all that accepting a message throws */
  async runNow(caller: Caller, key: string): Promise<AcceptedMessage> {
    const schedule = await this.get(caller, key);
    const { organisationId } = caller;
    const request = requestOfRun(schedule, this.clock.now(), `now:${randomUUID()}`);
    return this.acceptor.accept({ organisationId, applicationId: schedule.applicationId }, 'schedule', request);
  }

  /** The newest first. @throws NotFound */
  async runs(caller: Caller, key: string): Promise<ScheduleRun[]> {
    const scope = this.tenants.of(caller.organisationId);
    const { id, code } = await this.find(scope, caller, key);
    return scope.query<ScheduleRun>(RUNS, [correlationOf(code), runPrefix(id), MOST_RUNS]);
  }

  /** Messages it has made stay. @throws NotFound */
  async delete(caller: Caller, key: string): Promise<void> {
    const where = { ...smallResourceKey(key), ...visible(caller) };
    const deleted = await this.tenants.of(caller.organisationId).delete(Schedule, where);
    if (deleted === 0) throw new NotFound('schedule', key);
  }

  /** Everything a run will check, so that a mistake shows now and not at the first run. */
  private async check({ organisationId }: Caller, request: ScheduledRequest): Promise<void> {
    await withinField('request', () => this.acceptor.prepare(organisationId, request));
  }

  /** `change` sees the schedule as it stands, and nobody changes it in between. */
  private async update(
    caller: Caller,
    key: string,
    change: (schedule: Schedule) => Partial<Omit<Schedule, 'organisationId'>>,
  ): Promise<Schedule> {
    const changed = await this.tenants.transaction(caller.organisationId, async (scope) => {
      const { id } = await this.find(scope, caller, key);
      await scope.query('SELECT FROM schedule WHERE organisation_id = $1 AND id = $2 FOR UPDATE', [id]);
      const schedule = await this.find(scope, caller, `~${id}`);
      await scope.update(Schedule, { id }, { ...change(schedule), updatedAt: this.clock.now() });
      return this.find(scope, caller, `~${id}`);
    });
    this.scheduler.wake();
    return changed;
  }

  private async find(scope: TenantScope, caller: Caller, key: string): Promise<Schedule> {
    const found = await scope.findOne(Schedule, { ...smallResourceKey(key), ...visible(caller) });
    if (found === null) throw new NotFound('schedule', key);
    return found;
  }
}

const visible = ({ applicationId }: Caller): { applicationId?: number } =>
  applicationId === null ? {} : { applicationId };

async function organisationZone(scope: TenantScope): Promise<string> {
  const [organisation] = await scope.query<{ timeZone: string }>(
    'SELECT time_zone AS "timeZone" FROM organisation WHERE id = $1',
  );
  if (organisation === undefined) throw new NotFound('organisation', `~${scope.organisationId}`);
  return organisation.timeZone;
}
