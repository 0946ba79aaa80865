import { randomBytes, timingSafeEqual } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { Authenticator } from '../../access/authenticator.js';
import { Credentials } from '../../access/credentials.js';
import { hashSecret } from '../../access/hash-secret.js';
import { SecretBox } from '../../access/secret-box.js';
import { Clock } from '../../common/clock.js';
import { InvalidRequest } from '../../common/problem.js';
import { Refusal, STATUSES } from './statuses.js';
import type { WorkPlusTokenDto } from './token.dto.js';
import { WireFields } from './wire-fields.js';
import { callerOf, WorkPlusAccess, type WorkPlusCaller } from './workplus-access.js';
import type { WorkPlusSettings } from './workplus-settings.js';

const LIFETIME_MILLISECONDS = 30 * 24 * 60 * 60 * 1000;
/** By this name the tokens that calls make are told from those that an admin makes. */
const CREDENTIAL_NAME = 'POST /v1/token';

/** Gives out access tokens for client ids and secrets. */
@Injectable()
export class WorkPlusTokens {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly credentials: Credentials,
    private readonly secretBox: SecretBox,
    private readonly access: WorkPlusAccess,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes the application's token; the one before stops working.
   * @throws Refusal 202102 or 202104, InvalidRequest naming the first wrong field
   */
  async grant(body: unknown): Promise<WorkPlusTokenDto> {
    const grant = readGrant(body);
    const { caller, appId } = await this.identify(grant);
    const secret = randomBytes(16).toString('hex');
    const issuedAt = this.clock.now();
    const expiresAt = new Date(issuedAt.getTime() + LIFETIME_MILLISECONDS);
    const { organisationId, applicationId } = caller;
    const token = { name: CREDENTIAL_NAME, secret, expiresAt };
    this.access.forget(await this.credentials.replaceToken(organisationId, applicationId, token));
    return {
      access_token: secret,
      refresh_token: secret,
      issued_time: issuedAt.getTime(),
      expire_time: expiresAt.getTime(),
      client_id: appId,
    };
  }

  /** The secret is judged before the organisation, so that only its holder learns where the application belongs. */
  private async identify(grant: Grant): Promise<WorkPlusCaller> {
    const found = await this.authenticator.applicationByPublicId('client-secret', grant.clientId);
    if (found === undefined) throw new Refusal(STATUSES.noApplication);
    const { secretSealed } = found;
    const right = secretSealed !== null && isSame(grant.clientSecret, this.secretBox.open(secretSealed));
    if (!right) throw new Refusal(STATUSES.applicationRefused);
    const by = callerOf(found);
    if (by === undefined || !isOf(grant, by.settings)) throw new Refusal(STATUSES.noApplication);
    return by;
  }
}

interface Grant {
  clientId: string;
  clientSecret: string;
  domainId: string;
  orgId: string | undefined;
  ownerId: string | undefined;
}

function readGrant(body: unknown): Grant {
  const fields = WireFields.from(body);
  fixed(fields, 'grant_type', 'client_credentials');
  fixed(fields, 'scope', 'app');
  const grant = {
    domainId: fields.requiredCode('domain_id'),
    orgId: fields.code('org_id'),
    ownerId: fields.code('owner_id'),
    clientId: fields.requiredCode('client_id'),
    clientSecret: fields.requiredCode('client_secret'),
  };
  return grant.orgId === undefined && grant.ownerId === undefined ? fields.missing('org_id') : grant;
}

function fixed(fields: WireFields, name: string, value: string): void {
  if (fields.requiredCode(name).toLowerCase() !== value) throw InvalidRequest.at(name, `must be ${value}`);
}

/** An application of an organisation names that, one of a domain names the domain again. */
function isOf({ domainId, orgId, ownerId }: Grant, settings: WorkPlusSettings): boolean {
  return (
    domainId === settings.domainId &&
    (orgId === undefined || orgId === settings.orgId) &&
    (ownerId === undefined || ownerId === settings.domainId)
  );
}

/** Digests are of one length, so that nothing is learnt from the time it takes. */
const isSame = (given: string, expected: string): boolean => timingSafeEqual(hashSecret(given), hashSecret(expected));
