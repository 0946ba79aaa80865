import type { Outcome, SendResult, VendorRequest, VendorTarget } from '../vendor.js';
import { type Answered, type HttpReply, judgeNoAnswer } from './account-http.js';
import type { H2Peer } from './h2-peer.js';
import type { H2Pool } from './h2-pool.js';
import type { H2Calls } from './h2-run.js';
import type { H2Request } from './h2-session.js';
import type { Judgement } from './judgement.js';
import type { TokenAnswer } from './token-cache.js';

/** What an answer means; or that the token has aged out, and what that means should it be a fresh one. */
export type Reading =
  | (Judgement & {
      /** The peer takes nothing more on this connection. */
      leaveSession?: boolean;
    })
  | { tokenExpired: Judgement };

/** Makes a target's request, with this Authorization header. */
export type MakeRequest = (authorization: string | undefined) => H2Request;

/** How a vendor is sent to that takes one target per request. */
export interface OneByOne {
  pool: H2Pool;
  peer: H2Peer;
  /** How the vendor spells the scheme of the Authorization header. */
  scheme: 'Bearer' | 'bearer';
  /** The token to send under, none where it is empty; another one than `aged`, which the vendor calls aged. */
  token(aged?: string): Promise<TokenAnswer>;
  /** How a target is sent to, or its outcome when there is nothing to send. */
  prepare(target: VendorTarget): MakeRequest | Outcome;
  read(reply: Answered): Reading;
}

/**
 * Sends a request target by target, many at once. A verdict on the account ends it: who is not on the way yet stays untouched. So does
 * the call's end. When the token has aged out, a new one is fetched, once, for those who were refused for it and those not on the way yet.
 */
export async function sendOneByOne({ account, targets, signal }: VendorRequest, way: OneByOne): Promise<SendResult> {
  const prepared = targets.map((target) => way.prepare(target));
  const outcomes = prepared.map((one) => (typeof one === 'function' ? undefined : one));
  for (let aged: string | undefined; ;) {
    const open = [...outcomes.keys()].filter((index) => outcomes[index] === undefined);
    if (open.length === 0) return { outcomes: outcomes as Outcome[] };
    const answer = await way.token(aged);
    if ('refused' in answer) return withRest(outcomes, answer.refused);
    const requests = open.map((index) => prepared[index] as MakeRequest);
    const take = (place: number, outcome: Outcome): void => void (outcomes[open[place] as number] = outcome);
    const pass = new Pass(requests, answer.token, aged !== undefined, signal, way, take);
    const unsent = await way.pool.run(account, way.peer, pass);
    if (pass.trouble !== undefined) return withRest(outcomes, pass.trouble);
    if (!pass.expired)
      return unsent === undefined ? { outcomes: outcomes as Outcome[] } : withRest(outcomes, judgeNoAnswer(unsent));
    aged = answer.token;
  }
}

/** The outcomes, and for those without one what holds for the rest. */
function withRest(outcomes: readonly (Outcome | undefined)[], { outcome, account }: Judgement): SendResult {
  return { outcomes: outcomes.map((one) => one ?? outcome), ...(account === undefined ? {} : { account }) };
}

/** The requests of one call under one token. */
class Pass implements H2Calls {
  /** What ended it before all were sent to. */
  trouble: Judgement | undefined;
  expired = false;
  private readonly authorization: string | undefined;

  constructor(
    private readonly requests: readonly MakeRequest[],
    token: string,
    private readonly tokenIsFresh: boolean,
    readonly signal: AbortSignal,
    private readonly way: OneByOne,
    private readonly take: (place: number, outcome: Outcome) => void,
  ) {
    this.authorization = token === '' ? undefined : `${way.scheme} ${token}`;
  }

  get count(): number {
    return this.requests.length;
  }

  get stopped(): boolean {
    return this.expired || this.trouble !== undefined;
  }

  request(place: number): H2Request {
    return (this.requests[place] as MakeRequest)(this.authorization);
  }

  answered(place: number, reply: HttpReply): 'leave-session' | undefined {
    const reading = reply.answered ? this.way.read(reply) : judgeNoAnswer(reply);
    if ('tokenExpired' in reading && !this.tokenIsFresh) {
      this.expired = true;
      return undefined;
    }
    const judgement = 'tokenExpired' in reading ? reading.tokenExpired : reading;
    if (judgement.account !== undefined) this.trouble ??= judgement;
    this.take(place, judgement.outcome);
    return 'leaveSession' in judgement ? 'leave-session' : undefined;
  }
}
