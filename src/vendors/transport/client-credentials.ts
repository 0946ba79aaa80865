import type { VendorAccountConfig } from '../vendor.js';
import type { AccountHttp, Answered } from './account-http.js';
import { type Refusal, statusRefusal } from './judgement.js';
import { jsonObject } from './read-text.js';
import type { GrantAnswer, TokenGrant } from './token-cache.js';
import { lifeOf, readGrant } from './token-grant.js';
import { word } from './untrusted.js';

/** Where an app gets its access token, and by which name and secret (OAuth 2.0, client credentials). */
interface ClientCredentials {
  url: string;
  id: string;
  secret: string;
}

const FORM = 'application/x-www-form-urlencoded';
const USUAL_LIFE_SECONDS = 3600;

/** Fetches an access token. */
export async function grantToken(
  http: AccountHttp,
  account: VendorAccountConfig,
  { url, id, secret }: ClientCredentials,
  { signal, now }: { signal: AbortSignal; now: Date },
): Promise<GrantAnswer> {
  const form = new URLSearchParams({ grant_type: 'client_credentials', client_id: id, client_secret: secret });
  const reply = await http.call(account, { url, headers: { 'content-type': FORM }, body: form.toString(), signal });
  return readGrant(reply, signal, (answer) => readToken(answer, now));
}

function readToken(reply: Answered, now: Date): TokenGrant | Refusal | undefined {
  const { access_token: token, expires_in: life, error, error_description: words } = jsonObject(reply.text) ?? {};
  if (reply.status === 200 && typeof token === 'string' && token !== '')
    return { token, expiresInSeconds: lifeOf(life, USUAL_LIFE_SECONDS) };
  const code = word(error);
  if (code === undefined && reply.status < 300) return undefined;
  const refusal = statusRefusal(reply, now);
  if (code === undefined) return refusal;
  const meaning = reply.status < 400 ? 'rejected' : refusal.meaning;
  return { ...refusal, meaning, code, detail: word(words) ?? refusal.detail };
}
