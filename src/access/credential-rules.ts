import type { FieldError } from '../common/problem.js';
import type { CredentialKind } from './credential.entity.js';
import type { Scope } from './principal.js';

/** What a caller asks for when making a credential. */
export interface NewCredential {
  kind: CredentialKind;
  name?: string;
  scopes?: Scope[];
  publicId?: string;
  secret?: string;
  expiresAt?: string;
}

interface CredentialRule {
  scopes: boolean;
  publicId: boolean;
  /** `hashed`: found by its hash and never read again. `sealed`: read back, to check signatures, and may be given. */
  secret: 'none' | 'hashed' | 'sealed';
  /** Stands before a secret made here, so that a leaked one is recognised for what it is. */
  prefix: string;
}

export const CREDENTIAL_RULES: Readonly<Record<CredentialKind, CredentialRule>> = {
  'api-key': { scopes: true, publicId: false, secret: 'hashed', prefix: 'tdk_' },
  'app-id': { scopes: false, publicId: true, secret: 'none', prefix: '' },
  'app-secret': { scopes: false, publicId: true, secret: 'sealed', prefix: 'tds_' },
  'client-secret': { scopes: false, publicId: true, secret: 'sealed', prefix: 'tds_' },
  'access-token': { scopes: false, publicId: false, secret: 'hashed', prefix: 'tdt_' },
};

/** What is wrong with a request for a credential, given its kind. */
export function credentialProblems(wanted: NewCredential, now: Date): FieldError[] {
  const rule = CREDENTIAL_RULES[wanted.kind];
  const problems = [
    ...presence('scopes', wanted.scopes, rule.scopes, wanted.kind),
    ...presence('publicId', wanted.publicId, rule.publicId, wanted.kind),
  ];
  if (wanted.secret !== undefined && rule.secret !== 'sealed')
    problems.push({ path: 'secret', message: `is not chosen by the caller for ${wanted.kind}` });
  if (wanted.expiresAt !== undefined && !(new Date(wanted.expiresAt) > now))
    problems.push({ path: 'expiresAt', message: 'must be in the future' });
  return problems;
}

function presence(path: string, value: unknown, wanted: boolean, kind: CredentialKind): FieldError[] {
  if (wanted && value === undefined) return [{ path, message: `is required for ${kind}` }];
  if (!wanted && value !== undefined) return [{ path, message: `does not belong to ${kind}` }];
  return [];
}
