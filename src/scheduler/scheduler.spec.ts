import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { FakeClock } from '../../test/support/fake-clock.js';
import { startTestApp } from '../../test/support/test-app.js';
import { loadConfig } from '../config/environment.js';
import { RecurrenceService } from './recurrences.js';
import { Scheduler } from './scheduler.js';

const START = new Date('2026-12-01T08:58:00.000Z');
const inMilliseconds = (milliseconds: number): Date => new Date(START.getTime() + milliseconds);

/** Runs that stand in a list instead of a database. */
class ListedRuns extends RecurrenceService {
  due: Date[] = [];
  fired: { at: Date; late: number }[] = [];
  broken = false;

  constructor(private readonly time: FakeClock) {
    super(undefined as never, undefined as never, undefined as never, time);
  }

  override async fireDue(): Promise<number> {
    if (this.broken) throw new Error('The database is away');
    const now = this.time.now();
    const due = this.due.filter((at) => at <= now);
    this.due = this.due.filter((at) => at > now);
    this.fired.push(...due.map((at) => ({ at, late: now.getTime() - at.getTime() })));
    return due.length;
  }

  override async nextDue(after: Date): Promise<Date | undefined> {
    return this.due.filter((at) => at > after).sort((left, right) => left.getTime() - right.getTime())[0];
  }
}

describe('Scheduler', () => {
  let clock: FakeClock;
  let runs: ListedRuns;
  let scheduler: Scheduler;

  const start = async (roles: string): Promise<void> => {
    scheduler = new Scheduler(runs, loadConfig({ ROLES: roles }), clock);
    scheduler.onApplicationBootstrap();
    await clock.advance(0);
  };

  beforeEach(() => {
    clock = new FakeClock(START);
    runs = new ListedRuns(clock);
  });
  afterEach(() => scheduler.beforeApplicationShutdown());

  it('makes each run on its instant', async () => {
    runs.due = [inMilliseconds(1_234), inMilliseconds(61_003)];
    await start('scheduler');
    await clock.advance(120_000);
    expect(runs.fired).toEqual([
      { at: inMilliseconds(1_234), late: 0 },
      { at: inMilliseconds(61_003), late: 0 },
    ]);
  });

  it('sets its timer anew for a schedule made here', async () => {
    await start('scheduler');
    runs.due = [inMilliseconds(700)];
    scheduler.wake();
    await clock.advance(699);
    expect(runs.fired).toEqual([]);
    await clock.advance(1);
    expect(runs.fired).toEqual([{ at: inMilliseconds(700), late: 0 }]);
  });

  it('sees within 5 seconds what another process changed', async () => {
    await start('scheduler');
    runs.due = [inMilliseconds(700)];
    await clock.advance(5_000);
    expect(runs.fired).toEqual([{ at: inMilliseconds(700), late: 4_300 }]);
  });

  it('goes on after trouble', async () => {
    runs.due = [inMilliseconds(1_000)];
    await start('scheduler');
    runs.broken = true;
    Logger.overrideLogger(false);
    await clock.advance(30_000);
    Logger.overrideLogger(['error']);
    runs.broken = false;
    await clock.advance(5_000);
    expect(runs.fired).toHaveLength(1);
  });

  it('stops when told to', async () => {
    runs.due = [inMilliseconds(1_000)];
    await start('scheduler');
    await scheduler.beforeApplicationShutdown();
    await clock.advance(60_000);
    expect(runs.fired).toEqual([]);
  });

  it('does nothing in a process that is none', async () => {
    runs.due = [inMilliseconds(1_000)];
    await start('api,worker');
    scheduler.wake();
    await clock.advance(60_000);
    expect(runs.fired).toEqual([]);
  });

  it('makes the messages of schedules by itself', async () => {
    const app = await startTestApp({ ROLES: 'api,scheduler' });
    try {
      const acme = await app.organisation();
      await acme.call('POST', '/api/v1/vendor-accounts', { code: 'phones', vendor: 'sandbox', settings: {} });
      await acme.call('POST', '/api/v1/channels', { code: '1001', kind: 'sms', route: ['phones'] });
      const { status } = await acme.call('POST', '/api/v1/schedules', {
        code: 'hourly',
        name: 'Every hour',
        cron: '0 * * * *',
        request: { audience: { addresses: { '1001': ['18660886275'] } }, content: { '1001': { text: 'Hello' } } },
      });
      expect(status).toBe(201);
      const made = async (): Promise<number> =>
        ((await acme.call('GET', '/api/v1/schedules/hourly/runs')).body as { items: unknown[] }).items.length;
      await app.clock.advance(3_600_000);
      for (let calls = 0; calls < 100 && (await made()) === 0; calls++);
      expect(await made()).toBe(1);
    } finally {
      await app.close();
    }
  });
});
