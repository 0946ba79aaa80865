import { createHash } from 'node:crypto';
import type { HttpReply } from '../transport/account-http.js';
import type { GrantAnswer } from '../transport/token-cache.js';
import { readGrant } from '../transport/token-grant.js';
import { word } from '../transport/untrusted.js';
import type { VivoSettings } from './message-body.js';
import { readResult } from './read-answer.js';

const TOKEN_SECONDS = 24 * 3_600;

type Credentials = Pick<VivoSettings, 'appId' | 'appKey' | 'appSecret'>;

/** MD5 over all four, one after the other. */
export const signOf = ({ appId, appKey, appSecret }: Credentials, timestamp: string): string =>
  createHash('md5').update(`${appId}${appKey}${timestamp}${appSecret}`).digest('hex');

export function grantBody(credentials: Credentials, now: Date): Record<string, unknown> {
  const { appId, appKey } = credentials;
  return { appId, appKey, timestamp: now.getTime(), sign: signOf(credentials, String(now.getTime())) };
}

export const readToken = (reply: HttpReply, signal: AbortSignal, now: Date): GrantAnswer =>
  readGrant(reply, signal, (answered) => {
    const { fields, refused } = readResult(answered, now);
    if (refused !== undefined) return refused;
    const token = word(fields['authToken']);
    return token === undefined ? undefined : { token, expiresInSeconds: TOKEN_SECONDS };
  });
