import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Conflict } from '../common/problem.js';
import { brokenConstraint } from '../database/sql-state.js';
import type { TenantScope } from '../database/tenant-scope.js';
import { Tenants } from '../database/tenants.js';
import { normaliseAddress } from './address.js';
import { allowPushes, attachDevice, claimAlias, whileDevicesMove } from './devices.js';
import { LanyingUser } from './lanying-user.entity.js';
import { addAddresses, addressesOf } from './recipient-addresses.js';
import { Recipient } from './recipient.entity.js';
import { RECIPIENT_CODES } from './sql/recipient-codes.js';

/** A person with what callers of the Lanying API keep of them; where nothing is kept, the defaults. */
export interface KnownLanyingUser {
  id: string;
  code: string;
  enabled: boolean;
  passwordHash: string | null;
  noPush: boolean;
  noPushDetail: boolean;
  noPushStartHour: number | null;
  noPushEndHour: number | null;
  badge: number;
}

export interface NewLanyingUser {
  code: string;
  passwordHash: string;
  alias?: string;
  /** The device's own id. */
  device?: string;
}

/** Fields that are undefined stay. */
export type LanyingUserChange = Partial<
  Pick<KnownLanyingUser, 'noPush' | 'noPushDetail' | 'noPushStartHour' | 'noPushEndHour' | 'badge'>
>;

const KNOWN = `
SELECT r.id, r.code, r.enabled, u.password_hash AS "passwordHash", coalesce(u.no_push, false) AS "noPush",
       coalesce(u.no_push_detail, false) AS "noPushDetail", u.no_push_start_hour AS "noPushStartHour",
       u.no_push_end_hour AS "noPushEndHour", coalesce(u.badge, 0) AS badge
  FROM recipient r LEFT JOIN lanying_user u ON u.organisation_id = $1 AND u.recipient_id = r.id
 WHERE r.organisation_id = $1`;

/** More than one person at an address is nobody in particular. $2 phone number, $3 mailbox */
const AT_ADDRESS = `
SELECT DISTINCT recipient_id AS id FROM endpoint
 WHERE organisation_id = $1 AND vendor = '' AND recipient_id IS NOT NULL
   AND (kind = 'sms' AND address = $2 OR kind = 'email' AND address = $3)
 LIMIT 2`;

const CHANGE = `
INSERT INTO lanying_user AS u (organisation_id, recipient_id, no_push, no_push_detail, no_push_start_hour, no_push_end_hour, badge,
                               created_at, updated_at)
VALUES ($1, $2, coalesce($3::boolean, false), coalesce($4::boolean, false), $5::smallint, $6::smallint, coalesce($7::int, 0), $8, $8)
ON CONFLICT (organisation_id, recipient_id) DO UPDATE
  SET no_push = coalesce($3::boolean, u.no_push), no_push_detail = coalesce($4::boolean, u.no_push_detail),
      no_push_start_hour = coalesce($5::smallint, u.no_push_start_hour),
      no_push_end_hour = coalesce($6::smallint, u.no_push_end_hour), badge = coalesce($7::int, u.badge),
      updated_at = excluded.updated_at`;

/** People as callers of the Lanying API know them. */
@Injectable()
export class LanyingUsers {
  constructor(
    private readonly tenants: Tenants,
    private readonly clock: Clock,
  ) {}

  /**
   * Makes a person who signs in by password, with a device and an alias where these are given, all or nothing.
   * @throws Conflict `already_exists` when the organisation has a person of this code, `alias_taken`
   */
  async register(organisationId: number, user: NewLanyingUser): Promise<{ id: string; endpointId?: string }> {
    try {
      return await whileDevicesMove(() => this.tenants.transaction(organisationId, (scope) => this.make(scope, user)));
    } catch (error) {
      if (/^recipient.*code/.test(brokenConstraint(error) ?? ''))
        throw new Conflict('already_exists', 'There is a person of this name.', [
          { path: 'username', message: 'is taken' },
        ]);
      throw error;
    }
  }

  private async make(
    scope: TenantScope,
    { code, passwordHash, alias, device }: NewLanyingUser,
  ): Promise<{ id: string; endpointId?: string }> {
    const now = this.clock.now();
    const times = { createdAt: now, updatedAt: now };
    const person = { code, name: code, locale: null, timeZone: null, clientId: null, attributes: {}, enabled: true };
    const { id } = await scope.insert(Recipient, { ...person, ...times });
    await addAddresses(scope, addressesOf(id, { code, name: code }), now);
    if (alias !== undefined) await claimAlias(scope, id, alias);
    await scope.insert(LanyingUser, { recipientId: id, passwordHash, alias: alias ?? null, ...times });
    if (device === undefined) return { id };
    return { id, endpointId: await attachDevice(scope, { recipientId: id, device }, now) };
  }

  byId(organisationId: number, id: string): Promise<KnownLanyingUser | undefined> {
    return this.find(organisationId, 'r.id = $2', id);
  }

  byCode(organisationId: number, code: string): Promise<KnownLanyingUser | undefined> {
    return this.find(organisationId, 'r.code = $2', code);
  }

  /** By code, or else by the phone number or mailbox of one person only. */
  async byLoginName(organisationId: number, name: string): Promise<KnownLanyingUser | undefined> {
    const found = await this.byCode(organisationId, name);
    if (found !== undefined) return found;
    const addresses = [normaliseAddress('sms', name) ?? null, normaliseAddress('email', name) ?? null];
    if (addresses.every((address) => address === null)) return undefined;
    const [owner, other] = await this.tenants.of(organisationId).query<{ id: string }>(AT_ADDRESS, addresses);
    return owner === undefined || other !== undefined ? undefined : this.byId(organisationId, owner.id);
  }

  /** Codes by id, of those who exist. */
  async codes(organisationId: number, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    const rows = await this.tenants.of(organisationId).query<{ id: string; code: string }>(RECIPIENT_CODES, [ids]);
    return new Map(rows.map(({ id, code }) => [id, code]));
  }

  /** Changes what the person wants; who wants no pushes gets none from now on. */
  change(organisationId: number, id: string, change: LanyingUserChange): Promise<void> {
    const { noPush, noPushDetail, noPushStartHour, noPushEndHour, badge } = change;
    const values = [noPush, noPushDetail, noPushStartHour, noPushEndHour, badge].map((value) => value ?? null);
    return this.tenants.transaction(organisationId, async (scope) => {
      const now = this.clock.now();
      await scope.query(CHANGE, [id, ...values, now]);
      if (noPush !== undefined) await allowPushes(scope, id, !noPush, now);
    });
  }

  private async find(organisationId: number, condition: string, value: string): Promise<KnownLanyingUser | undefined> {
    const [user] = await this.tenants.of(organisationId).query<KnownLanyingUser>(`${KNOWN} AND ${condition}`, [value]);
    return user;
  }
}
