import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import type { Outcome, SendResult, VendorCapabilities } from '../../vendors/vendor.js';
import { AccountTrouble } from '../account-trouble.js';
import type { RouteAccount } from '../organisation-channels.js';
import { AccountPacer } from './account-pacer.js';
import { targetsPerUnit } from './pace.js';

/** A slot this near is waited for; who gets none comes back at its time. */
const PATIENCE_MILLISECONDS = 2_000;
/** How long an account is left alone whose state could not be read or written. */
const UNKEPT_MILLISECONDS = 30_000;

/** Nothing can be sent through the account before `until`. `elsewhere`: the next account of the route may take over. */
export interface Closed {
  until: Date;
  code: string;
  elsewhere: boolean;
}

/** Who passes one gate. */
interface Passage {
  organisationId: number;
  account: RouteAccount;
  /** Of the account's vendor: what its limits count. */
  capabilities: VendorCapabilities;
  urgent: boolean;
  stop: AbortSignal;
}

/** Lets the calls of batches through to their account: in its pace, and by its circuit breaker. */
@Injectable()
export class AccountGates {
  constructor(
    private readonly pacer: AccountPacer,
    private readonly trouble: AccountTrouble,
    private readonly clock: Clock,
  ) {}

  /** A gate for the calls of one batch. An account without limits or trouble costs no statement. */
  open(passage: Passage): AccountGate {
    return new AccountGate(passage, this.pacer, this.trouble, this.clock);
  }
}

/** A target that the vendor wants later, and says when, is no sign of trouble. */
const isFailure = (outcome: Outcome): boolean =>
  outcome.status === 'unknown' || (outcome.status === 'retry' && outcome.afterSeconds === undefined);

/** Ask `enter` before each call and tell `leave` what came of it. Neither ever throws: what was sent must be recorded. */
export class AccountGate {
  private readonly logger = new Logger(AccountGate.name);
  private readonly latest: Date;
  private tried = false;

  constructor(
    private readonly passage: Passage,
    private readonly pacer: AccountPacer,
    private readonly trouble: AccountTrouble,
    private readonly clock: Clock,
  ) {
    this.latest = new Date(clock.now().getTime() + PATIENCE_MILLISECONDS);
  }

  /** Waits for a slot for a call with so many targets. How many of them may go now, at least one; or that none may. */
  async enter(targets: number): Promise<{ granted: number } | Closed> {
    try {
      return await this.wait(targets);
    } catch (error) {
      return this.unkept(error);
    }
  }

  /** Notes how a call with so many targets went. Answers when the account is to be left alone from now on. */
  async leave({ outcomes, account: verdict }: SendResult): Promise<Closed | undefined> {
    const { organisationId, account, stop } = this.passage;
    try {
      if (verdict !== undefined) {
        const until = await this.trouble.report(organisationId, account.id, verdict);
        await this.pacer.giveBack(organisationId, account, this.counted(outcomes.length));
        if (verdict.problem === 'throttled') await this.pacer.slowDown(organisationId, account, until);
        return { until, code: verdict.code, elsewhere: true };
      }
      const failed = outcomes.every(isFailure);
      if (!failed) await this.succeeded();
      else if (!stop.aborted) {
        const code = outcomes[0] !== undefined && 'code' in outcomes[0] ? outcomes[0].code : 'no-outcome';
        const until = await this.trouble.failed(organisationId, account.id, code);
        if (until !== null) return { until, code: 'circuit-open', elsewhere: true };
      }
      return undefined;
    } catch (error) {
      return this.unkept(error);
    }
  }

  private async wait(targets: number): Promise<{ granted: number } | Closed> {
    const { organisationId, account, capabilities, urgent, stop } = this.passage;
    const count = this.counted(targets);
    const slot = await this.pacer.reserve(organisationId, account, count, urgent, this.latest);
    if ('exhaustedUntil' in slot) return { until: slot.exhaustedUntil, code: 'daily-quota', elsewhere: true };
    if (slot.granted === 0) return { until: slot.at, code: 'paced', elsewhere: false };
    await this.clock.sleep(slot.at.getTime() - this.clock.now().getTime(), stop);
    const closed = stop.aborted ? { until: this.clock.now(), code: 'stopped', elsewhere: false } : await this.tryOut();
    if (closed !== undefined) {
      await this.pacer.giveBack(organisationId, account, slot.granted);
      return closed;
    }
    return { granted: Math.min(targets, slot.granted * targetsPerUnit(capabilities)) };
  }

  /** After a pause, only one call at a time finds out whether the account works again. */
  private async tryOut(): Promise<Closed | undefined> {
    const { organisationId, account } = this.passage;
    if (account.pausedUntil === null || this.tried) return undefined;
    const until = await this.trouble.probe(organisationId, account.id);
    if (until !== null) return { until, code: 'circuit-open', elsewhere: true };
    this.tried = true;
    return undefined;
  }

  private async succeeded(): Promise<void> {
    const { organisationId, account } = this.passage;
    if (account.problem !== null || account.pausedUntil !== null || account.failures > 0)
      await this.trouble.clear(organisationId, account.id);
  }

  private counted(targets: number): number {
    return Math.ceil(targets / targetsPerUnit(this.passage.capabilities));
  }

  private unkept(error: unknown): Closed {
    const why = error instanceof Error ? error.message : String(error);
    this.logger.warn(`The state of account ${this.passage.account.code} cannot be kept: ${why}`);
    const until = new Date(this.clock.now().getTime() + UNKEPT_MILLISECONDS);
    return { until, code: 'account-state-unknown', elsewhere: false };
  }
}
