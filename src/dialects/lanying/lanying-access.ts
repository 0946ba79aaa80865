import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { Authenticator } from '../../access/authenticator.js';
import { hashSecret } from '../../access/hash-secret.js';
import type { Caller } from '../../access/principal.js';
import { Clock } from '../../common/clock.js';
import { InvalidRequest } from '../../common/problem.js';
import { type KnownLanyingUser, LanyingUsers } from '../../recipients/lanying-users.js';
import { LanyingFault } from './lanying-fault.js';
import { LanyingKeys } from './lanying-keys.js';
import { type LanyingSettings, readLanyingSettings } from './lanying-settings.js';
import { readUserToken } from './user-token.js';
import { isUserId } from './wire-audience.js';

const WHOLE_NUMBER = /^-?\d{1,19}$/;

/** An application that is known by its app_id alone. */
export interface LanyingApplication {
  caller: Caller & { applicationId: number };
  settings: LanyingSettings;
}

/** Who proved themselves with an access token. */
export interface LanyingCaller extends LanyingApplication {
  /** Of a user token: the person, and the device they signed in on. */
  user?: KnownLanyingUser;
  device?: string;
  /** In whose name an admin calls. */
  actor: { userId?: string; groupId?: string };
}

/** Lets callers in by the headers app_id and access-token; a header's `_` and `-` are the same. */
@Injectable()
export class LanyingAccess {
  constructor(
    private readonly authenticator: Authenticator,
    private readonly users: LanyingUsers,
    private readonly keys: LanyingKeys,
    private readonly clock: Clock,
  ) {}

  /** @throws InvalidRequest without an app_id, LanyingFault 40000 for an unknown or switched-off one */
  async application(request: FastifyRequest): Promise<LanyingApplication> {
    const appId = header(request, 'app_id');
    if (appId === undefined) throw InvalidRequest.at('app_id', 'is required in the header');
    const found = await this.authenticator.applicationByPublicId('app-id', appId);
    if (found === undefined) throw new LanyingFault(40000);
    const { organisationId, applicationId } = found;
    return { caller: { organisationId, applicationId }, settings: readLanyingSettings(found.settings) };
  }

  /** @throws LanyingFault 10003 without a token, 10008 for one that is not this application's, 10010 for a user who acts as another */
  async caller(request: FastifyRequest): Promise<LanyingCaller> {
    const application = await this.application(request);
    const token = header(request, 'access-token');
    if (token === undefined) throw new LanyingFault(10003);
    const actor = readActor(request);
    if (await this.isAdmin(application, token)) return { ...application, actor };
    const signedIn = await this.signedIn(application, token);
    if (signedIn === undefined) throw new LanyingFault(10008);
    if (Object.keys(actor).length > 0) throw new LanyingFault(10010);
    return { ...application, actor, ...signedIn };
  }

  /** @throws also LanyingFault 10010 for a user token */
  async admin(request: FastifyRequest): Promise<LanyingCaller> {
    const caller = await this.caller(request);
    if (caller.user !== undefined) throw new LanyingFault(10010);
    return caller;
  }

  /**
   * The person a call is about: who holds the user token, or whom the admin names in the header user_id.
   * @throws also InvalidRequest when an admin names nobody, LanyingFault 10000 for nobody known
   */
  async onBehalf(request: FastifyRequest): Promise<LanyingCaller & { user: KnownLanyingUser }> {
    const caller = await this.caller(request);
    if (caller.user !== undefined) return { ...caller, user: caller.user };
    const { userId } = caller.actor;
    if (userId === undefined) throw InvalidRequest.at('user_id', 'is required in the header with an admin token');
    const user = isUserId(userId) ? await this.users.byId(caller.caller.organisationId, userId) : undefined;
    if (user === undefined) throw new LanyingFault(10000);
    return { ...caller, user };
  }

  private async isAdmin({ caller }: LanyingApplication, token: string): Promise<boolean> {
    const owner = await this.authenticator.applicationBySecret('access-token', hashSecret(token));
    return owner?.organisationId === caller.organisationId && owner.applicationId === caller.applicationId;
  }

  /** A person who was deleted or switched off is signed in nowhere. */
  private async signedIn(
    { caller: { organisationId, applicationId } }: LanyingApplication,
    token: string,
  ): Promise<Pick<LanyingCaller, 'user' | 'device'> | undefined> {
    const read = readUserToken(this.keys, token, this.clock.now());
    if (read?.organisationId !== organisationId || read.applicationId !== applicationId) return undefined;
    const user = await this.users.byId(organisationId, read.recipientId);
    if (user?.enabled !== true) return undefined;
    return { user, ...(read.device === undefined ? {} : { device: read.device }) };
  }
}

function readActor(request: FastifyRequest): LanyingCaller['actor'] {
  const userId = wholeNumber(request, 'user_id');
  const groupId = wholeNumber(request, 'group_id');
  return { ...(userId === undefined ? {} : { userId }), ...(groupId === undefined ? {} : { groupId }) };
}

function wholeNumber(request: FastifyRequest, name: string): string | undefined {
  const value = header(request, name);
  if (value === undefined || WHOLE_NUMBER.test(value)) return value;
  throw InvalidRequest.at(name, 'must be a whole number');
}

/** Many proxies drop headers with an underscore, so that callers behind one write a hyphen. */
function header({ headers }: FastifyRequest, name: string): string | undefined {
  for (const spelling of [name, name.replaceAll('_', '-'), name.replaceAll('-', '_')]) {
    const value = headers[spelling];
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
  }
  return undefined;
}
