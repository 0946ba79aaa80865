import type { Clock } from '../../common/clock.js';
import { judge, type Judgement } from '../transport/judgement.js';
import type { Outcome, VendorAccountConfig } from '../vendor.js';
import { RESTS, type Scope } from './codes.js';

type Retry = Outcome & { status: 'retry' };

interface Rest {
  code: string;
  detail: string;
  until: number;
}

/**
 * The scopes of accounts that vivo closed for some hours, in this process: their messages wait, those of other scopes go on. A verdict
 * on the whole account would hold back a message about an order because advertisements have used up their day.
 */
export class Rests {
  private readonly rests = new Map<string, Rest>();

  constructor(private readonly clock: Clock) {}

  /** Why a message of these scopes has to wait, if it has to. */
  of(account: VendorAccountConfig, scopes: readonly Scope[]): Judgement | undefined {
    const now = this.clock.now().getTime();
    for (const scope of scopes) {
      const rest = this.rests.get(keyOf(account, scope));
      if (rest !== undefined && rest.until > now)
        return judge('retry', rest.code, rest.detail, Math.ceil((rest.until - now) / 1000));
    }
    return undefined;
  }

  /** Notes what an answer closed. */
  note(account: VendorAccountConfig, outcomes: readonly Outcome[]): void {
    for (const outcome of outcomes) if (outcome.status === 'retry') this.close(account, outcome);
  }

  private close(account: VendorAccountConfig, { code, detail = '', afterSeconds = 0 }: Retry): void {
    const rest = RESTS.get(code);
    if (rest === undefined) return;
    const until = this.clock.now().getTime() + afterSeconds * 1000;
    this.rests.set(keyOf(account, rest.scope), { code, detail, until });
  }
}

const keyOf = ({ organisationId, id }: VendorAccountConfig, scope: Scope): string => `${organisationId}/${id} ${scope}`;
