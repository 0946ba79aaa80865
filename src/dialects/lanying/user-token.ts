import type { LanyingKeys } from './lanying-keys.js';

/** Whom a user token is for. It is stateless: whoever holds the instance's key can check it. */
export interface UserToken {
  organisationId: number;
  applicationId: number;
  recipientId: string;
  /** The device the person signed in on, by its own id. */
  device?: string;
  expiresAt: Date;
}

/** Stands before the token, so that a leaked one is recognised for what it is. */
const PREFIX = 'tdu_';
const LONGEST = 2_000;

/** `tdu_<what it says>.<signature>`, both base64url. */
export function issueUserToken(keys: LanyingKeys, token: UserToken): string {
  const { organisationId, applicationId, recipientId, expiresAt, device } = token;
  const fields = [
    organisationId,
    applicationId,
    recipientId,
    expiresAt.getTime(),
    ...(device === undefined ? [] : [device]),
  ];
  const payload = Buffer.from(JSON.stringify(fields)).toString('base64url');
  return `${PREFIX}${payload}.${keys.sign('user-token', payload)}`;
}

/** What a token says, or undefined for one that is not ours or has expired. */
export function readUserToken(keys: LanyingKeys, text: string, now: Date): UserToken | undefined {
  if (!text.startsWith(PREFIX) || text.length > LONGEST) return undefined;
  const [payload = '', signature = '', ...rest] = text.slice(PREFIX.length).split('.');
  if (rest.length > 0 || !keys.verify('user-token', payload, signature)) return undefined;
  const [organisationId, applicationId, recipientId, expires, device] = JSON.parse(
    Buffer.from(payload, 'base64url').toString(),
  ) as [number, number, string, number, string?];
  const expiresAt = new Date(expires);
  if (expiresAt <= now) return undefined;
  return { organisationId, applicationId, recipientId, expiresAt, ...(device === undefined ? {} : { device }) };
}
