import type { Answered, HttpReply } from '../transport/account-http.js';
import type { H2Request } from '../transport/h2-session.js';
import { type Refusal, statusRefusal } from '../transport/judgement.js';
import { jsonObject } from '../transport/read-text.js';
import type { GrantAnswer, TokenGrant } from '../transport/token-cache.js';
import { lifeOf, readGrant } from '../transport/token-grant.js';
import { word } from '../transport/untrusted.js';
import { assertion, type ServiceAccount } from './service-account.js';

const GRANT = 'urn:ietf:params:oauth:grant-type:jwt-bearer';
const USUAL_LIFE_SECONDS = 3_600;

/** Asks for an access token; to be posted to the path of `token_uri`. */
export function tokenRequest(serviceAccount: ServiceAccount, path: string, now: Date): H2Request {
  const form = new URLSearchParams({ grant_type: GRANT, assertion: assertion(serviceAccount, now) });
  return {
    headers: { ':method': 'POST', ':path': path, 'content-type': 'application/x-www-form-urlencoded' },
    body: form.toString(),
  };
}

export const readToken = (reply: HttpReply, signal: AbortSignal, now: Date): GrantAnswer =>
  readGrant(reply, signal, (answer) => tokenIn(answer, now));

function tokenIn(answer: Answered, now: Date): TokenGrant | Refusal {
  const { access_token: token, expires_in: life, error, error_description: words } = jsonObject(answer.text) ?? {};
  if (answer.status === 200 && typeof token === 'string' && token !== '')
    return { token, expiresInSeconds: lifeOf(life, USUAL_LIFE_SECONDS) };
  const refusal = statusRefusal(answer, now);
  const said = word(words) ?? refusal.detail;
  const detail = /timeframe|\biat\b|\bexp\b/.test(said) ? `${said} Is the clock of this machine right?` : said;
  return { ...refusal, code: word(error) ?? refusal.code, detail };
}
