import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Tenants } from '../database/tenants.js';
import type { AccountVerdict } from '../vendors/vendor.js';
import { Alerts } from './alerts/alerts.js';
import { ChannelDirectory } from './channel-directory.js';
import { CLEAR_TROUBLE, COUNT_FAILURE, REPORT_TROUBLE, TAKE_PROBE } from './pacing/sql/account-circuit.js';

/** Seconds an account is left alone when the vendor did not say how long; trouble that lasts makes it longer. */
const PAUSE_SECONDS: Readonly<Record<AccountVerdict['problem'], number>> = {
  throttled: 30,
  unreachable: 30,
  quota: 300,
  credentials: 300,
};
const LONGEST_PAUSE_SECONDS = 300;
/** So many calls that fail in a row make it rest. */
const MOST_FAILURES = 5;
/** Longer than any vendor call: a probe whose process died is over by then. */
const PROBE_MILLISECONDS = 35_000;
/** How soon those come back that wait for a probe. */
const LOOK_AGAIN_MILLISECONDS = 2_000;

/** The fields of an account that works. */
export const NO_TROUBLE = {
  problem: null,
  problemDetail: null,
  pausedUntil: null,
  failures: 0,
  openings: 0,
  probeUntil: null,
} as const;

interface Circuit {
  code: string;
  pausedUntil: Date | null;
  opened: boolean;
}

/**
 * The circuit breaker of vendor accounts. It is kept in the database, so that every process leaves a troubled account alone:
 * closed while `pausedUntil` is null, open until then, and afterwards half open, when one call at a time may try.
 */
@Injectable()
export class AccountTrouble {
  private readonly logger = new Logger(AccountTrouble.name);

  constructor(
    private readonly tenants: Tenants,
    private readonly clock: Clock,
    private readonly directory: ChannelDirectory,
    private readonly alerts: Alerts,
  ) {}

  /** Pauses the account for as long as the verdict says, and returns until when. */
  async report(organisationId: number, accountId: number, verdict: AccountVerdict): Promise<Date> {
    const now = this.clock.now();
    const seconds = verdict.afterSeconds ?? PAUSE_SECONDS[verdict.problem];
    const opens = verdict.problem !== 'throttled';
    const grows = opens && verdict.afterSeconds === undefined;
    const [circuit] = await this.tenants
      .of(organisationId)
      .query<Circuit>(REPORT_TROUBLE, [
        accountId,
        verdict.problem,
        `${verdict.code}: ${verdict.detail}`,
        now,
        seconds,
        grows,
        opens,
        LONGEST_PAUSE_SECONDS,
      ]);
    await this.noted(organisationId, accountId, circuit, verdict);
    return circuit?.pausedUntil ?? new Date(now.getTime() + seconds * 1000);
  }

  /** A call failed as a whole, without a verdict. Returns until when the account rests, if it does. */
  async failed(organisationId: number, accountId: number, code: string): Promise<Date | null> {
    const values = [
      accountId,
      this.clock.now(),
      MOST_FAILURES,
      `${code}: the last calls failed one and all`,
      PAUSE_SECONDS.unreachable,
      LONGEST_PAUSE_SECONDS,
    ];
    const [circuit] = await this.tenants.of(organisationId).query<Circuit>(COUNT_FAILURE, values);
    const detail = 'The last calls failed one and all.';
    await this.noted(organisationId, accountId, circuit, { problem: 'unreachable', code, detail });
    return circuit?.pausedUntil ?? null;
  }

  /** After a pause: null when the caller may try whether the account works again, or when it does; else when to come back. */
  async probe(organisationId: number, accountId: number): Promise<Date | null> {
    const now = this.clock.now();
    const [state] = await this.tenants
      .of(organisationId)
      .query<{ mine: boolean; pausedUntil: Date | null }>(TAKE_PROBE, [
        accountId,
        now,
        new Date(now.getTime() + PROBE_MILLISECONDS),
      ]);
    if (state === undefined || state.mine || state.pausedUntil === null) return null;
    return new Date(Math.max(state.pausedUntil.getTime(), now.getTime() + LOOK_AGAIN_MILLISECONDS));
  }

  /** The account works: forgets its trouble, unless it was paused meanwhile. Worth calling only where there was some. */
  async clear(organisationId: number, accountId: number): Promise<void> {
    const [cleared] = await this.tenants
      .of(organisationId)
      .query<{ code: string; paused: boolean }>(CLEAR_TROUBLE, [accountId, this.clock.now()]);
    if (cleared === undefined) return;
    this.directory.invalidate(organisationId);
    if (!cleared.paused) return;
    const detail = `Account ${cleared.code} works again.`;
    this.logger.log(detail);
    await this.alerts.raise({
      organisationId,
      vendorAccountId: accountId,
      kind: 'account-works',
      code: 'works',
      detail,
    });
  }

  private async noted(
    organisationId: number,
    vendorAccountId: number,
    circuit: Circuit | undefined,
    { problem, code, detail }: AccountVerdict,
  ): Promise<void> {
    this.directory.invalidate(organisationId);
    if (circuit?.opened !== true || circuit.pausedUntil === null) return;
    const until = circuit.pausedUntil.toISOString();
    this.logger.warn(`Account ${circuit.code} is left alone until ${until}: ${problem}, ${code}.`);
    // Too fast is what the vendor's own measure is for; it passes by itself.
    if (problem === 'throttled') return;
    await this.alerts.raise({
      organisationId,
      vendorAccountId,
      kind: 'account-trouble',
      code,
      detail: `${problem}: ${detail}`,
    });
  }
}
