import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type AuthenticatedApplication, Authenticator } from '../../access/authenticator.js';
import { hashSecret } from '../../access/hash-secret.js';
import type { Caller } from '../../access/principal.js';
import { Refusal, STATUSES } from './statuses.js';
import { isObject } from './wire-fields.js';
import { readWorkPlusSettings, type WorkPlusSettings } from './workplus-settings.js';

/** Who calls, and how the application wants to be treated. */
export interface WorkPlusCaller {
  caller: Caller & { applicationId: number };
  /** 应用标识, as replies carry it. */
  appId: string;
  settings: WorkPlusSettings;
}

/** The authenticator keeps what it found for two seconds; this many replaced tokens are remembered for that time. */
const MOST_REPLACED = 10_000;

/** Lets an application in by its access token. */
@Injectable()
export class WorkPlusAccess {
  private readonly replaced = new Set<number>();

  constructor(private readonly authenticator: Authenticator) {}

  /** @throws Refusal: no such token, an application of another kind, or an app_id that is not the token's */
  async admit(request: FastifyRequest): Promise<WorkPlusCaller> {
    const token = tokenOf(request);
    const found =
      token === undefined ? undefined : await this.authenticator.applicationBySecret('access-token', hashSecret(token));
    if (found === undefined || this.replaced.has(found.credentialId)) throw new Refusal(STATUSES.tokenNotFound);
    const by = callerOf(found);
    if (by === undefined) throw new Refusal(STATUSES.applicationUnsupported);
    const claimed = named(request.query, 'app_id');
    if (claimed !== undefined && claimed !== by.appId) throw new Refusal(STATUSES.noApplication);
    return by;
  }

  /** From now on these credentials open nothing in this process, however lately they did. */
  forget(credentialIds: readonly number[]): void {
    if (this.replaced.size > MOST_REPLACED) this.replaced.clear();
    for (const id of credentialIds) this.replaced.add(id);
  }
}

/** Undefined for an application that is not set up for this dialect. */
export function callerOf(application: AuthenticatedApplication): WorkPlusCaller | undefined {
  const { organisationId, applicationId, code } = application;
  const settings = readWorkPlusSettings(application.settings);
  if (settings === undefined) return undefined;
  return { caller: { organisationId, applicationId }, appId: settings.appId ?? code, settings };
}

/** The query comes first, as documented; then the body, then the header that most HTTP clients know. */
function tokenOf({ query, body, headers }: FastifyRequest): string | undefined {
  const bearer = /^Bearer +(\S+) *$/i.exec(headers.authorization ?? '')?.[1];
  return named(query, 'access_token') ?? named(body, 'access_token') ?? bearer;
}

function named(fields: unknown, name: string): string | undefined {
  const value = isObject(fields) && Object.hasOwn(fields, name) ? fields[name] : undefined;
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
