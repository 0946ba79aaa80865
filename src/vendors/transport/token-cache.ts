import { createHash } from 'node:crypto';
import type { Clock } from '../../common/clock.js';
import type { SendResult, VendorAccountConfig, VendorTarget } from '../vendor.js';
import { forAll, type Judgement, judgeRefusal, type Refusal } from './judgement.js';

/** A token as the vendor gave it out. */
export interface TokenGrant {
  token: string;
  expiresInSeconds: number;
}

/** What a call for a token came to. */
export type GrantAnswer = TokenGrant | { refused: Judgement };

/** A token, or why there is none. */
export type TokenAnswer = { token: string } | { refused: Judgement };

interface Entry {
  settings: string;
  /** From then on a new one is fetched: after four fifths of its life. */
  until: number;
  value: Promise<TokenAnswer>;
}

const SHARE_OF_LIFE = 0.8;

/**
 * The access tokens of accounts, in this process. Whoever needs one while it is being fetched waits for the same call; a refusal is not
 * kept. Other processes fetch their own: every vendor lets several live side by side, or gives out the same one again.
 */
export class TokenCache {
  private readonly entries = new Map<string, Entry>();

  constructor(private readonly clock: Clock) {}

  of(account: VendorAccountConfig, fetch: () => Promise<GrantAnswer>): Promise<TokenAnswer> {
    const key = `${account.organisationId}/${account.id}`;
    const settings = createHash('sha256').update(JSON.stringify(account.settings)).digest('base64');
    const now = this.clock.now().getTime();
    const known = this.entries.get(key);
    if (known !== undefined && known.settings === settings && known.until > now) return known.value;
    const entry: Entry = { settings, until: Infinity, value: Promise.resolve({ token: '' }) };
    entry.value = fetch().then(
      (answer) => {
        if ('refused' in answer) this.forget(key, entry);
        else entry.until = this.clock.now().getTime() + answer.expiresInSeconds * 1000 * SHARE_OF_LIFE;
        return answer;
      },
      (error: unknown) => {
        this.forget(key, entry);
        throw error;
      },
    );
    this.entries.set(key, entry);
    return entry.value;
  }

  /** The vendor refused this token: the next who asks gets another one, unless somebody was faster. */
  async drop({ organisationId, id }: VendorAccountConfig, token: string): Promise<void> {
    const key = `${organisationId}/${id}`;
    const entry = this.entries.get(key);
    const answer = await entry?.value.catch(() => undefined);
    if (entry !== undefined && answer !== undefined && 'token' in answer && answer.token === token)
      this.forget(key, entry);
  }

  private forget(key: string, entry: Entry): void {
    if (this.entries.get(key) === entry) this.entries.delete(key);
  }
}

/** What a call under a token came to: the outcomes, or that the token has aged out, and what it means should it be a fresh one. */
export type CalledUnderToken = SendResult | { tokenExpired: Judgement };

/** What a refusal of a whole call comes to. */
export function refusedUnderToken(refusal: Refusal, targets: readonly VendorTarget[]): CalledUnderToken {
  const judgement = judgeRefusal(refusal);
  return refusal.meaning === 'token-expired' ? { tokenExpired: judgement } : forAll(targets, judgement);
}

/** Makes a call under the account's token; when the vendor says that the token has aged out, once more under a new one. */
export async function sendUnderToken(
  cache: TokenCache,
  { account, targets }: { account: VendorAccountConfig; targets: readonly VendorTarget[] },
  fetch: () => Promise<GrantAnswer>,
  call: (token: string) => Promise<CalledUnderToken>,
): Promise<SendResult> {
  for (let fresh = false; ; fresh = true) {
    const answer = await cache.of(account, fetch);
    if ('refused' in answer) return forAll(targets, answer.refused);
    const result = await call(answer.token);
    if (!('tokenExpired' in result)) return result;
    await cache.drop(account, answer.token);
    if (fresh) return forAll(targets, result.tokenExpired);
  }
}
