import { createPrivateKey, sign } from 'node:crypto';
import { urlProblem } from '../url-problem.js';

/** The file that Google gives out for a service account, as far as it is needed. */
export interface ServiceAccount {
  project_id: string;
  client_email: string;
  private_key: string;
  private_key_id?: string;
  token_uri: string;
}

const SCOPE = 'https://www.googleapis.com/auth/firebase.messaging';
const LIFE_SECONDS = 3_600;
const WORDS = ['project_id', 'client_email', 'private_key', 'token_uri'] as const;

/** What is wrong with the content of such a file, to finish a sentence. */
export function serviceAccountProblem(value: unknown): string | undefined {
  const file = value as Readonly<Record<string, unknown>>;
  const missing = WORDS.filter((name) => typeof file[name] !== 'string' || file[name] === '');
  if (missing.length > 0) return `must be the JSON of a service account; it lacks ${missing.join(', ')}`;
  if (!/^[a-z0-9:.-]+$/.test(String(file['project_id']))) return 'must have the id of a project as project_id';
  const address = urlProblem(file['token_uri']);
  if (address !== undefined) return `must have a token_uri that is right: it ${address}`;
  return rsaProblem(String(file['private_key']));
}

function rsaProblem(pem: string): string | undefined {
  try {
    const { asymmetricKeyType: type } = createPrivateKey(pem);
    return type === 'rsa' ? undefined : `must have an RSA key as private_key: this one is ${type}`;
  } catch (error) {
    return `must have an RSA key in PEM as private_key: ${(error as Error).message}`;
  }
}

/** What the service account proves itself with when it asks for an access token (JWT, RS256). */
export function assertion({ client_email, private_key, private_key_id, token_uri }: ServiceAccount, now: Date): string {
  const iat = Math.floor(now.getTime() / 1000);
  const header = { alg: 'RS256', typ: 'JWT', kid: private_key_id };
  const claims = { iss: client_email, scope: SCOPE, aud: token_uri, iat, exp: iat + LIFE_SECONDS };
  const unsigned = `${part(header)}.${part(claims)}`;
  return `${unsigned}.${sign('RSA-SHA256', Buffer.from(unsigned), private_key).toString('base64url')}`;
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
