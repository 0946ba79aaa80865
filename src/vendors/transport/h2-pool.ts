import type { Clock } from '../../common/clock.js';
import type { VendorAccountConfig } from '../vendor.js';
import type { HttpReply } from './account-http.js';
import type { H2Peer } from './h2-peer.js';
import type { H2Calls, Unsent } from './h2-run.js';
import type { H2Request } from './h2-session.js';
import { H2Sessions } from './h2-sessions.js';

/**
 * HTTP/2 calls of vendor accounts: each account has a few sessions with its peer, on which many requests are under way at once. They
 * are opened when they are needed, never lead into a private network unless the account allows it, and end when settings change,
 * when they have not been used for an hour, or when the peer is dead. Nothing is thrown for what happens outside.
 */
export class H2Pool {
  private readonly accounts = new Map<string, { peer: string; sessions: H2Sessions }>();

  constructor(private readonly clock: Clock) {}

  /**
   * Makes many calls. A request that the peer says it has not looked at is sent again; one that was written and got no whole answer is
   * `handedOver`. Resolves when all that was sent has been answered or given up; tells why something was not sent.
   */
  run(account: VendorAccountConfig, peer: H2Peer, calls: H2Calls): Promise<Unsent | undefined> {
    return this.sessionsOf(account, peer).run(calls);
  }

  /** Makes one call. */
  async call(account: VendorAccountConfig, peer: H2Peer, request: H2Request, signal: AbortSignal): Promise<HttpReply> {
    let answer: HttpReply | undefined;
    const answered = (_place: number, reply: HttpReply): undefined => {
      answer = reply;
    };
    const calls: H2Calls = { count: 1, signal, stopped: false, request: () => request, answered };
    const unsent = await this.run(account, peer, calls);
    return answer ?? (unsent as Unsent);
  }

  /** Ends all sessions after what is under way. */
  async close(): Promise<void> {
    const accounts = [...this.accounts.values()];
    this.accounts.clear();
    await Promise.all(accounts.map(({ sessions }) => sessions.close()));
  }

  /** The account's sessions; a changed peer gets new ones, and the old ones end after what is under way. */
  private sessionsOf({ organisationId, id }: VendorAccountConfig, peer: H2Peer): H2Sessions {
    const key = `${organisationId}/${id}`;
    const identity = JSON.stringify(peer);
    const known = this.accounts.get(key);
    if (known?.peer === identity) return known.sessions;
    void known?.sessions.close();
    const sessions = new H2Sessions(peer, this.clock, () => {
      if (this.accounts.get(key)?.sessions === sessions) this.accounts.delete(key);
    });
    this.accounts.set(key, { peer: identity, sessions });
    return sessions;
  }
}
