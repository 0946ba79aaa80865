import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { Tenants } from '../../database/tenants.js';
import type { Pace } from './pace.js';
import { BEGIN_PACE, RESERVE_SLOT } from './sql/reserve-slot.js';
import { vendorDay } from './vendor-day.js';

/** A vendor account with its limits. */
export interface PacedAccount {
  id: number;
  pace: Pace | null;
}

/**
 * `granted` of those asked for may be sent at `at`. None are granted when `at` is too far away to wait for (come back then), or
 * when the day's quota is spent.
 */
export type Reservation = { at: Date; granted: number } | { exhaustedUntil: Date };

interface Answer {
  at: Date;
  granted: number;
  spent: boolean;
}

/** The vendor said 429 while its calls ran: all of these count as one, since `recovers_from` then lies ahead. */
const SLOW_DOWN = `
UPDATE account_pace
   SET factor = greatest(0.0625, least(1, factor + greatest(0, extract(epoch FROM $3::timestamptz - recovers_from)) / 120) / 2),
       recovers_from = greatest($4::timestamptz, $3::timestamptz + interval '1 ms')
 WHERE organisation_id = $1 AND vendor_account_id = $2 AND recovers_from <= $3`;

const GIVE_BACK = `
UPDATE account_pace SET used = greatest(0, used - $3::int)
 WHERE organisation_id = $1 AND vendor_account_id = $2 AND day = $4::date`;

/** What waits for a slot or for another day has an attempt of 1; what waits to be tried again keeps its time. */
const RESTART = `
WITH restarted AS (
  UPDATE account_pace
     SET free_at = $3, urgent_free_at = $3, line_at = $3, urgent_line_at = $3, factor = 1, recovers_from = $3
   WHERE organisation_id = $1 AND vendor_account_id = $2)
UPDATE batch SET ready_at = $3
 WHERE organisation_id = $1 AND vendor_account_id = $2 AND lease IS NULL AND attempt = 1 AND ready_at > $3`;

const USED = `
SELECT vendor_account_id AS id, to_char(day, 'YYYY-MM-DD') AS day, used FROM account_pace
 WHERE organisation_id = $1 AND vendor_account_id = ANY ($2::int[])`;

/** Keeps vendor accounts within their limits, over all processes. Accounts without limits cost no statement. */
@Injectable()
export class AccountPacer {
  constructor(
    private readonly tenants: Tenants,
    private readonly clock: Clock,
  ) {}

  /** Asks for a slot for `count` requests or recipients; only one up to `latest` is granted. */
  async reserve(
    organisationId: number,
    { id, pace }: PacedAccount,
    count: number,
    urgent: boolean,
    latest: Date,
  ): Promise<Reservation> {
    const now = this.clock.now();
    if (pace === null) return { at: now, granted: count };
    const { day, ends } = vendorDay(now, pace.timeZone);
    const share = pace.urgentShare;
    const values = [
      id,
      now,
      count,
      urgent && share > 0,
      pace.perSecond,
      pace.perDay,
      day,
      share > 0 ? share : 1,
      latest,
    ];
    const scope = this.tenants.of(organisationId);
    let [answer] = await scope.query<Answer>(RESERVE_SLOT, values);
    if (answer === undefined) {
      await scope.query(BEGIN_PACE, [id, now, day]);
      [answer] = await scope.query<Answer>(RESERVE_SLOT, values);
    }
    if (answer === undefined) throw new Error(`The pace of vendor account ${id} cannot be kept`);
    return answer.spent ? { exhaustedUntil: ends } : { at: answer.at, granted: answer.granted };
  }

  /** The vendor wants less: halves the rate, which from `until` on grows back within a minute. */
  async slowDown(organisationId: number, { id, pace }: PacedAccount, until: Date): Promise<void> {
    if (pace === null || pace.perSecond === null) return;
    await this.tenants.of(organisationId).query(SLOW_DOWN, [id, this.clock.now(), until]);
  }

  /** What was granted but never reached the vendor does not count towards today's quota. */
  async giveBack(organisationId: number, { id, pace }: PacedAccount, count: number): Promise<void> {
    if (pace === null || pace.perDay === null || count === 0) return;
    const { day } = vendorDay(this.clock.now(), pace.timeZone);
    await this.tenants.of(organisationId).query(GIVE_BACK, [id, count, day]);
  }

  /** How much of today's quotas is used; accounts that were not used yet are missing. */
  async usedToday(organisationId: number, accounts: readonly PacedAccount[]): Promise<Map<number, number>> {
    const days = new Map<number, string>();
    for (const { id, pace } of accounts) {
      if (pace !== null) days.set(id, vendorDay(this.clock.now(), pace.timeZone).day);
    }
    if (days.size === 0) return new Map();
    const rows = await this.tenants
      .of(organisationId)
      .query<{ id: number; day: string; used: number }>(USED, [[...days.keys()]]);
    return new Map(rows.filter(({ id, day }) => days.get(id) === day).map(({ id, used }) => [id, used]));
  }

  /** The limits have changed: what waits under the old ones asks again now. Today's use stays counted. */
  async restart(organisationId: number, accountId: number): Promise<void> {
    await this.tenants.of(organisationId).query(RESTART, [accountId, this.clock.now()]);
  }
}
