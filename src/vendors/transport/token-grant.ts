import type { Answered, HttpReply } from './account-http.js';
import { CREDENTIALS, DOWN, judge, judgeRefusal, type Meaning, type Refusal } from './judgement.js';
import type { GrantAnswer, TokenGrant } from './token-cache.js';
import { word } from './untrusted.js';

/**
 * Reads the answer to a call for a token. No message has left by then: whatever went wrong is the account's trouble, and nothing is
 * unknown.
 *
 * @param read finds the token in an answer, or why it was refused; undefined where there is neither
 */
export function readGrant(
  reply: HttpReply,
  signal: AbortSignal,
  read: (answer: Answered) => TokenGrant | Refusal | undefined,
): GrantAnswer {
  if (!reply.answered) {
    const { code, detail } = reply;
    return { refused: signal.aborted ? judge('retry', 'aborted', detail) : judge(DOWN, code, detail) };
  }
  const grant = read(reply);
  if (grant === undefined) return { refused: judge(DOWN, 'no-token', 'The answer holds no token.') };
  return 'token' in grant ? grant : { refused: judgeRefusal({ ...grant, meaning: ofTheAccount(grant.meaning) }) };
}

function ofTheAccount(meaning: Meaning): Meaning {
  if (typeof meaning === 'object') return meaning;
  return meaning === 'retry' || meaning === 'unknown' ? DOWN : CREDENTIALS;
}

/** The seconds for which a token is good, as its vendor says; `usual` where that cannot be read. */
export function lifeOf(value: unknown, usual: number): number {
  const seconds = Number(word(value));
  return seconds > 0 ? seconds : usual;
}
