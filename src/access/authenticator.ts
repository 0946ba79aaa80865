import { timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { Clock } from '../common/clock.js';
import { Unauthenticated } from '../common/problem.js';
import { AdminKey } from './admin-key.js';
import type { CredentialKind } from './credential.entity.js';
import { hashSecret } from './hash-secret.js';
import type { Principal, Scope } from './principal.js';

/** A revoked key or a switched-off application stops working this much later at most. */
const CACHE_MILLISECONDS = 2_000;
const CACHE_ENTRIES = 10_000;

/** An application as a credential proves it. */
export interface AuthenticatedApplication {
  credentialId: number;
  organisationId: number;
  applicationId: number;
  code: string;
  scopes: Scope[];
  settings: Record<string, unknown>;
  secretSealed: Buffer | null;
}

const APPLICATION_OF = `
  SELECT c.id AS "credentialId", c.organisation_id AS "organisationId", c.application_id AS "applicationId", a.code, c.scopes,
         a.settings, c.secret_sealed AS "secretSealed"
    FROM credential c
    JOIN application a ON a.organisation_id = c.organisation_id AND a.id = c.application_id
    JOIN organisation o ON o.id = c.organisation_id
   WHERE c.revoked_at IS NULL AND (c.expires_at IS NULL OR c.expires_at > $1) AND a.enabled AND o.enabled`;

/** Finds out who a request comes from. */
@Injectable()
export class Authenticator {
  private readonly cache = new Map<string, { until: number; value: unknown }>();

  constructor(
    private readonly dataSource: DataSource,
    private readonly adminKey: AdminKey,
    private readonly clock: Clock,
  ) {}

  /** The principal of a native request; throws Unauthenticated. */
  async authenticate(authorization: string | undefined): Promise<Principal> {
    const key = /^Bearer +(\S+) *$/i.exec(authorization ?? '')?.[1];
    if (key === undefined) throw new Unauthenticated();
    const hash = hashSecret(key);
    if (timingSafeEqual(hash, this.adminKey.hash)) return { kind: 'admin' };
    const found = await this.applicationBySecret('api-key', hash);
    if (found === undefined) throw new Unauthenticated('This API key is unknown, expired or revoked.');
    const { organisationId, applicationId, code, scopes } = found;
    return { kind: 'application', organisationId, applicationId, code, scopes };
  }

  /** The application that holds this secret as a live credential of `kind`. */
  applicationBySecret(kind: CredentialKind, secretHash: Buffer): Promise<AuthenticatedApplication | undefined> {
    return this.cached(`${kind}#${secretHash.toString('base64')}`, () =>
      this.application('c.secret_hash = $3 AND c.kind = $2', kind, secretHash),
    );
  }

  /** The application known by a public id, such as an `appId` or `appKey`. */
  applicationByPublicId(kind: CredentialKind, publicId: string): Promise<AuthenticatedApplication | undefined> {
    return this.cached(`${kind}=${publicId}`, () =>
      this.application('c.public_id = $3 AND c.kind = $2', kind, publicId),
    );
  }

  organisationId(code: string): Promise<number | undefined> {
    return this.cached(`organisation ${code}`, async () => {
      const rows: { id: number }[] = await this.dataSource.query(
        'SELECT id FROM organisation WHERE code = $1 AND enabled',
        [code],
      );
      return rows[0]?.id;
    });
  }

  private async application(condition: string, ...values: unknown[]): Promise<AuthenticatedApplication | undefined> {
    const rows: AuthenticatedApplication[] = await this.dataSource.query(`${APPLICATION_OF} AND ${condition}`, [
      this.clock.now(),
      ...values,
    ]);
    return rows[0];
  }

  /** Only what was found is kept, so that a key works from the moment it is made. */
  private async cached<T>(key: string, load: () => Promise<T | undefined>): Promise<T | undefined> {
    const now = this.clock.now().getTime();
    const hit = this.cache.get(key);
    if (hit !== undefined && hit.until > now) return hit.value as T;
    const value = await load();
    if (value === undefined) return undefined;
    if (this.cache.size >= CACHE_ENTRIES) this.cache.clear();
    this.cache.set(key, { until: now + CACHE_MILLISECONDS, value });
    return value;
  }
}
