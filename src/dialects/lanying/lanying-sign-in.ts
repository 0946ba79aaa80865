import { Injectable } from '@nestjs/common';
import { RateWindow } from '../../access/rate-window/rate-window.js';
import { Clock } from '../../common/clock.js';
import { Conflict, InvalidRequest } from '../../common/problem.js';
import { Devices } from '../../recipients/devices.js';
import { type KnownLanyingUser, LanyingUsers } from '../../recipients/lanying-users.js';
import type { LanyingApplication } from './lanying-access.js';
import { LanyingFault } from './lanying-fault.js';
import { LanyingKeys } from './lanying-keys.js';
import { hashPassword, isPassword } from './password.js';
import { pushTokenOf } from './push-token.js';
import { readAlias, readDeviceGuid, readPassword, readUsername } from './read-user.js';
import { issueUserToken } from './user-token.js';
import { isUserId } from './wire-audience.js';
import { WireFields } from './wire-fields.js';

const TOKEN_MILLISECONDS = 30 * 86_400_000;
const LONGEST_LOGIN_NAME = 254;
/** So many wrong passwords of one person within so many seconds, and no password is taken until some are past. */
const MOST_WRONG = 20;
const WRONG_SECONDS = 300;

/** How a person names themselves when signing in. */
export type SignInBy = 'user_id' | 'name' | 'login_name';

/** What signing in returns; the push token only where a device was named. */
export interface SignedIn {
  expire: number;
  push_token?: string;
  token: string;
  user_id: number;
}

/** A new user's settings. */
export interface Registered {
  id: number;
  no_push: boolean;
  no_push_detail: boolean;
  no_push_end_hour: number | null;
  no_push_start_hour: number | null;
  push_token: string | null;
  user_id: number;
}

/** Makes people who have a name and a password, and lets them in. */
@Injectable()
export class LanyingSignIn {
  constructor(
    private readonly users: LanyingUsers,
    private readonly devices: Devices,
    private readonly keys: LanyingKeys,
    private readonly window: RateWindow,
    private readonly clock: Clock,
  ) {}

  /** @throws LanyingFault 10004 when there is a person of this name, 10011 when the alias is somebody else's */
  async register({ caller: { organisationId } }: LanyingApplication, body: unknown): Promise<Registered> {
    const fields = WireFields.from(body);
    const code = readUsername(fields);
    const password = readPassword(fields);
    const alias = readAlias(fields);
    const device = readDeviceGuid(fields);
    const passwordHash = await hashPassword(password);
    const made = await this.users
      .register(organisationId, {
        code,
        passwordHash,
        ...(alias === undefined ? {} : { alias }),
        ...(device === undefined ? {} : { device }),
      })
      .catch((error: unknown) => {
        throw toFault(error);
      });
    const { id, endpointId } = made;
    return {
      id: Number(id),
      no_push: false,
      no_push_detail: false,
      no_push_end_hour: null,
      no_push_start_hour: null,
      push_token: endpointId === undefined ? null : pushTokenOf(this.keys, organisationId, endpointId),
      user_id: Number(id),
    };
  }

  /** @throws LanyingFault 10000 for nobody known, 10010 for another password or a person who is switched off */
  async signIn({ caller }: LanyingApplication, by: SignInBy, body: unknown): Promise<SignedIn> {
    const { organisationId, applicationId } = caller;
    const fields = WireFields.from(body);
    const name = fields.requiredText(by, LONGEST_LOGIN_NAME).trim();
    const password = readPassword(fields);
    const device = readDeviceGuid(fields);
    const user = await this.find(organisationId, by, name);
    if (user === undefined) throw new LanyingFault(10000);
    const { passwordHash, enabled, id } = user;
    if (passwordHash === null || !(await this.isTheirs(organisationId, id, password, passwordHash)) || !enabled)
      throw new LanyingFault(10010);
    const expiresAt = new Date(this.clock.now().getTime() + TOKEN_MILLISECONDS);
    const told = { organisationId, applicationId, recipientId: id, expiresAt };
    const token = issueUserToken(this.keys, device === undefined ? told : { ...told, device });
    const userId = Number(id);
    if (device === undefined) return { expire: expiresAt.getTime(), token, user_id: userId };
    const endpointId = await this.devices.attach(organisationId, { recipientId: id, device });
    const pushToken = pushTokenOf(this.keys, organisationId, endpointId);
    return { expire: expiresAt.getTime(), push_token: pushToken, token, user_id: userId };
  }

  /** Who was wrong too often is not believed for a while, whatever they say. */
  private async isTheirs(organisationId: number, id: string, password: string, hash: string): Promise<boolean> {
    const guesses = { name: `lanying sign-in ${id}`, places: MOST_WRONG, seconds: WRONG_SECONDS };
    if (await this.window.isFull(organisationId, guesses)) return false;
    if (await isPassword(password, hash)) return true;
    await this.window.take(organisationId, guesses);
    return false;
  }

  private find(organisationId: number, by: SignInBy, name: string): Promise<KnownLanyingUser | undefined> {
    if (by === 'name') return this.users.byCode(organisationId, name);
    if (by === 'login_name') return this.users.byLoginName(organisationId, name);
    if (!isUserId(name)) throw InvalidRequest.at('user_id', 'must be a whole number above 0');
    return this.users.byId(organisationId, name);
  }
}

/** What people take from each other has codes of its own. */
export function toFault(error: unknown): unknown {
  if (!(error instanceof Conflict)) return error;
  if (error.code === 'already_exists') return new LanyingFault(10004);
  return error.code === 'alias_taken' ? new LanyingFault(10011) : error;
}
