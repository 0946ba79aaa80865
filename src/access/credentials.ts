import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { Clock } from '../common/clock.js';
import { InvalidRequest, NotFound } from '../common/problem.js';
import { Tenants } from '../database/tenants.js';
import { Applications } from './applications.js';
import { CREDENTIAL_RULES, credentialProblems, type NewCredential } from './credential-rules.js';
import { Credential } from './credential.entity.js';
import { hashSecret } from './hash-secret.js';
import { SecretBox } from './secret-box.js';

const SECRET_BYTES = 32;
const LARGEST_ID = 2_147_483_647;

/** What the applications of an organisation prove themselves with. */
@Injectable()
export class Credentials {
  constructor(
    private readonly tenants: Tenants,
    private readonly applications: Applications,
    private readonly secretBox: SecretBox,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound the application */
  async list(organisationId: number, applicationKey: string, limit: number, afterId = '0'): Promise<Credential[]> {
    const { id: applicationId } = await this.applications.get(organisationId, applicationKey);
    const where = { applicationId, id: MoreThan(Number(afterId)) };
    return this.tenants.of(organisationId).find(Credential, where, { order: { id: 'ASC' }, take: limit + 1 });
  }

  /**
   * Makes a credential; the secret is to be shown now or never.
   * @throws NotFound the application, InvalidRequest, Conflict already_exists when any organisation has the public id
   */
  async create(
    organisationId: number,
    applicationKey: string,
    wanted: NewCredential,
  ): Promise<{ credential: Credential; secret: string | null }> {
    const now = this.clock.now();
    const problems = credentialProblems(wanted, now);
    if (problems.length > 0) throw new InvalidRequest(problems);
    const { id: applicationId } = await this.applications.get(organisationId, applicationKey);
    const { secret: keep, prefix } = CREDENTIAL_RULES[wanted.kind];
    const secret = keep === 'none' ? null : (wanted.secret ?? prefix + randomBytes(SECRET_BYTES).toString('base64url'));
    const credential = await this.tenants.of(organisationId).insert(Credential, {
      applicationId,
      kind: wanted.kind,
      name: wanted.name ?? null,
      publicId: wanted.publicId ?? null,
      secretHash: keep === 'hashed' && secret !== null ? hashSecret(secret) : null,
      secretSealed: keep === 'sealed' && secret !== null ? this.secretBox.seal(secret) : null,
      scopes: wanted.scopes ?? [],
      createdAt: now,
      expiresAt: wanted.expiresAt === undefined ? null : new Date(wanted.expiresAt),
      revokedAt: null,
    });
    return { credential, secret };
  }

  /**
   * Makes an access token of an application and revokes the one made before under this name, as one step: of any number of calls
   * at the same time exactly one token lives on. Of those before, the last is kept as history.
   * @returns the ids of what it revoked
   */
  replaceToken(
    organisationId: number,
    applicationId: number,
    { name, secret, expiresAt }: { name: string; secret: string; expiresAt: Date },
  ): Promise<number[]> {
    const now = this.clock.now();
    return this.tenants.transaction(organisationId, async (scope) => {
      await scope.query('SELECT FROM application WHERE organisation_id = $1 AND id = $2 FOR NO KEY UPDATE', [
        applicationId,
      ]);
      await scope.query(FORGET, [applicationId, name]);
      const revoked = await scope.query<{ id: number }>(REPLACE, [applicationId, name, now]);
      await scope.insert(Credential, {
        applicationId,
        kind: 'access-token',
        name,
        publicId: null,
        secretHash: hashSecret(secret),
        secretSealed: null,
        scopes: [],
        createdAt: now,
        expiresAt,
        revokedAt: null,
      });
      return revoked.map(({ id }) => id);
    });
  }

  /**
   * Revokes a credential, for good; once more does no harm. The row stays as history, but lets go of its public id, which may then be
   * given out again, and of its secret.
   * @throws NotFound
   */
  async revoke(organisationId: number, applicationKey: string, id: string): Promise<void> {
    const scope = this.tenants.of(organisationId);
    const { id: applicationId } = await this.applications.get(organisationId, applicationKey);
    const where = { applicationId, id: credentialId(id) };
    const found = await scope.findOne(Credential, where);
    if (found === null) throw new NotFound('credential', id);
    await scope.update(Credential, where, {
      name: found.name ?? found.publicId,
      publicId: null,
      secretSealed: null,
      revokedAt: found.revokedAt ?? this.clock.now(),
    });
  }
}

/** Revoked ones that were made by a call are not kept for long: whoever asks for a token every minute would fill the table. */
const FORGET = `
DELETE FROM credential
 WHERE organisation_id = $1 AND application_id = $2 AND kind = 'access-token' AND name = $3 AND revoked_at IS NOT NULL`;

const REPLACE = `
UPDATE credential SET revoked_at = $4
 WHERE organisation_id = $1 AND application_id = $2 AND kind = 'access-token' AND name = $3 AND revoked_at IS NULL
RETURNING id`;

function credentialId(text: string): number {
  const id = /^[1-9]\d{0,9}$/.test(text) ? Number(text) : Infinity;
  if (id > LARGEST_ID) throw new NotFound('credential', text.slice(0, 40));
  return id;
}
