import { createHash } from 'node:crypto';
import type { HttpReply } from '../transport/account-http.js';
import type { GrantAnswer } from '../transport/token-cache.js';
import { readGrant } from '../transport/token-grant.js';
import { fieldsOf, word } from '../transport/untrusted.js';
import type { OppoSettings } from './messages.js';
import { readCode } from './read-answer.js';

const TOKEN_SECONDS = 24 * 3_600;

/** SHA-256 over the three, one after the other. */
export const signOf = (appKey: string, timestamp: string, masterSecret: string): string =>
  createHash('sha256').update(`${appKey}${timestamp}${masterSecret}`).digest('hex');

export function grantForm({ appKey, masterSecret }: OppoSettings, now: Date): string {
  const timestamp = String(now.getTime());
  const sign = signOf(appKey, timestamp, masterSecret);
  return new URLSearchParams({ app_key: appKey, timestamp, sign }).toString();
}

export const readToken = (reply: HttpReply, signal: AbortSignal, now: Date): GrantAnswer =>
  readGrant(reply, signal, (answered) => {
    const answer = readCode(answered, now);
    if ('refused' in answer) return answer.refused;
    const token = word(fieldsOf(answer.data)['auth_token']);
    return token === undefined ? undefined : { token, expiresInSeconds: TOKEN_SECONDS };
  });
