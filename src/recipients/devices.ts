import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { Conflict } from '../common/problem.js';
import { brokenConstraint } from '../database/sql-state.js';
import type { TenantScope } from '../database/tenant-scope.js';
import { Tenants } from '../database/tenants.js';

/** The vendor of a device that no push vendor gave a token: it is reached while it is connected, at its own id. */
export const LIVE_VENDOR = 'live';
/** Why the devices of a person who wants no pushes get none. */
const NO_PUSH = 'no-push';
const TRIES = 5;

/** A device of a person. */
export interface DeviceOf {
  recipientId: string;
  /** The device's own id, which stays while tokens change. */
  device: string;
}

/** What a push vendor gave a device. */
export interface VendorToken {
  vendor: string;
  address: string;
  environment: string;
  platform: string;
}

/** Somebody may have registered the same address without saying that it is a device's id. */
const ADOPT = `
UPDATE endpoint SET device = $2
 WHERE organisation_id = $1 AND kind = 'push' AND vendor = '${LIVE_VENDOR}' AND address = $2 AND device IS NULL
   AND NOT EXISTS (SELECT FROM endpoint o WHERE o.organisation_id = $1 AND o.device = $2)`;

/** How the person set things up; nobody's settings are everybody's defaults. */
const WISHES = `
wishes AS (
  SELECT coalesce(bool_or(no_push), false) AS no_push, max(alias) AS alias
    FROM lanying_user WHERE organisation_id = $1 AND recipient_id = $2::bigint)`;

const STATUS = `CASE WHEN w.no_push THEN 'quarantined' ELSE 'active' END, CASE WHEN w.no_push THEN '${NO_PUSH}' END,
         CASE WHEN w.no_push THEN $4::timestamptz END`;

/** Another address is another chance, but not against the person's wish. */
const FRESH = `status = CASE WHEN quarantine_reason = '${NO_PUSH}' THEN status ELSE 'active' END,
       quarantined_at = CASE WHEN quarantine_reason = '${NO_PUSH}' THEN quarantined_at END,
       quarantine_reason = CASE WHEN quarantine_reason = '${NO_PUSH}' THEN quarantine_reason END`;

/** The address stays, and was given up for another reason. */
const DEAD = `(e.recipient_id = excluded.recipient_id AND e.status = 'quarantined' AND e.quarantine_reason <> '${NO_PUSH}')`;

/** A device that changes hands loses alias and token: they were the other person's. $2 recipient, $3 device, $4 now */
const ATTACH = `
WITH ${WISHES}
INSERT INTO endpoint AS e (organisation_id, recipient_id, kind, vendor, platform, environment, address, device, alias, status,
                           quarantine_reason, quarantined_at, created_at, updated_at)
SELECT $1::int, $2::bigint, 'push', '${LIVE_VENDOR}', '', 'production', $3, $3, w.alias, ${STATUS}, $4::timestamptz, $4::timestamptz
  FROM wishes w
ON CONFLICT (organisation_id, device) WHERE device IS NOT NULL DO UPDATE
  SET recipient_id = excluded.recipient_id,
      vendor = CASE WHEN e.recipient_id = excluded.recipient_id THEN e.vendor ELSE excluded.vendor END,
      address = CASE WHEN e.recipient_id = excluded.recipient_id THEN e.address ELSE excluded.address END,
      alias = CASE WHEN e.recipient_id = excluded.recipient_id THEN e.alias ELSE excluded.alias END,
      status = CASE WHEN ${DEAD} THEN e.status ELSE excluded.status END,
      quarantine_reason = CASE WHEN ${DEAD} THEN e.quarantine_reason ELSE excluded.quarantine_reason END,
      quarantined_at = CASE WHEN ${DEAD} THEN e.quarantined_at ELSE excluded.quarantined_at END,
      updated_at = excluded.updated_at
RETURNING id`;

/** A token is one device's: another one that had it is reached while connected from then on. $2 vendor, $3 token, $4 device, $5 now */
const LEAVE_TOKEN = `
UPDATE endpoint SET vendor = '${LIVE_VENDOR}', address = device, ${FRESH}, updated_at = $5
 WHERE organisation_id = $1 AND kind = 'push' AND vendor = $2 AND address = $3 AND device <> $4`;
const DROP_TOKEN = `
DELETE FROM endpoint WHERE organisation_id = $1 AND kind = 'push' AND vendor = $2 AND address = $3 AND device IS NULL`;

const BIND = `
UPDATE endpoint SET vendor = $3, address = $4, environment = $5, platform = $6, ${FRESH}, updated_at = $7
 WHERE organisation_id = $1 AND id = $2`;

/** $2 recipient, $3 device, $4 now */
const UNBIND = `
UPDATE endpoint SET vendor = '${LIVE_VENDOR}', address = device, ${FRESH}, updated_at = $4
 WHERE organisation_id = $1 AND recipient_id = $2 AND device = $3 AND kind = 'push' AND vendor <> '${LIVE_VENDOR}'`;

/** Two people who want the same alias wait for each other. */
const LOCK_ALIAS = `SELECT pg_advisory_xact_lock(hashtextextended('alias ' || $1::int || ' ' || $2::text, 0))`;
const TAKEN = `
SELECT EXISTS (SELECT FROM endpoint WHERE organisation_id = $1 AND alias = $3 AND recipient_id IS DISTINCT FROM $2::bigint)
    OR EXISTS (SELECT FROM lanying_user WHERE organisation_id = $1 AND alias = $3 AND recipient_id <> $2::bigint) AS taken`;
/** $4 the only device to name, or null for all of the person's */
const SET_ALIAS = `
UPDATE endpoint SET alias = $3
 WHERE organisation_id = $1 AND recipient_id = $2 AND kind = 'push' AND ($4::bigint IS NULL OR id = $4)
RETURNING id`;
const KEEP_ALIAS = `
INSERT INTO lanying_user (organisation_id, recipient_id, alias, created_at, updated_at) VALUES ($1, $2, $3, $4, $4)
ON CONFLICT (organisation_id, recipient_id) DO UPDATE SET alias = excluded.alias, updated_at = excluded.updated_at`;

const STOP_PUSHES = `
UPDATE endpoint SET status = 'quarantined', quarantine_reason = '${NO_PUSH}', quarantined_at = $3
 WHERE organisation_id = $1 AND recipient_id = $2 AND kind = 'push' AND status = 'active'`;
const ALLOW_PUSHES = `
UPDATE endpoint SET status = 'active', quarantine_reason = NULL, quarantined_at = NULL
 WHERE organisation_id = $1 AND recipient_id = $2 AND kind = 'push' AND quarantine_reason = '${NO_PUSH}'`;

/** Does again what met another call that registered the same device, or the same token, at this moment. */
export async function whileDevicesMove<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (attempt === TRIES || !(brokenConstraint(error) ?? '').startsWith('endpoint_')) throw error;
    }
  }
}

/** Makes the device this person's, whoever had it before, and returns its endpoint's id. */
export async function attachDevice(scope: TenantScope, { recipientId, device }: DeviceOf, now: Date): Promise<string> {
  await scope.query(ADOPT, [device]);
  const [row] = await scope.query<{ id: string }>(ATTACH, [recipientId, device, now]);
  if (row === undefined) throw new Error('The device was neither inserted nor updated');
  return row.id;
}

/** Holds back the pushes to a person's devices, or lets them go again. */
export async function allowPushes(scope: TenantScope, recipientId: string, allow: boolean, now: Date): Promise<void> {
  if (allow) await scope.query(ALLOW_PUSHES, [recipientId]);
  else await scope.query(STOP_PUSHES, [recipientId, now]);
}

/** @throws Conflict `alias_taken` when somebody else bears it */
export async function claimAlias(scope: TenantScope, recipientId: string, alias: string): Promise<void> {
  await scope.query(LOCK_ALIAS, [alias]);
  const [found] = await scope.query<{ taken: boolean }>(TAKEN, [recipientId, alias]);
  if (found?.taken === true)
    throw new Conflict('alias_taken', 'Somebody else bears this alias.', [{ path: 'alias', message: 'is taken' }]);
}

/** The devices of people, each with an id of its own that outlives the tokens of push vendors. */
@Injectable()
export class Devices {
  constructor(
    private readonly tenants: Tenants,
    private readonly clock: Clock,
  ) {}

  /** Makes the device this person's and returns its endpoint's id. */
  attach(organisationId: number, device: DeviceOf): Promise<string> {
    return whileDevicesMove(() =>
      this.tenants.transaction(organisationId, (scope) => attachDevice(scope, device, this.clock.now())),
    );
  }

  /** From now on the device is reached by this token, which leaves any other device it was at. */
  bind(organisationId: number, device: DeviceOf, token: VendorToken): Promise<string> {
    return whileDevicesMove(() => this.bindOnce(organisationId, device, token));
  }

  private bindOnce(organisationId: number, device: DeviceOf, token: VendorToken): Promise<string> {
    return this.tenants.transaction(organisationId, async (scope) => {
      const now = this.clock.now();
      const { vendor, address, environment, platform } = token;
      await scope.query(LEAVE_TOKEN, [vendor, address, device.device, now]);
      await scope.query(DROP_TOKEN, [vendor, address]);
      const id = await attachDevice(scope, device, now);
      await scope.query(BIND, [id, vendor, address, environment, platform, now]);
      return id;
    });
  }

  /** From now on the device is reached only while it is connected. Does nothing for a device that is not this person's. */
  async unbind(organisationId: number, { recipientId, device }: DeviceOf): Promise<void> {
    await this.tenants.of(organisationId).query(UNBIND, [recipientId, device, this.clock.now()]);
  }

  /**
   * Gives an alias to one device of a person, or to all of them and those to come. Returns how many bear it now.
   * @throws Conflict `alias_taken` when somebody else bears it
   */
  setAlias(organisationId: number, recipientId: string, alias: string, endpointId?: string): Promise<number> {
    return this.tenants.transaction(organisationId, async (scope) => {
      await claimAlias(scope, recipientId, alias);
      if (endpointId === undefined) await scope.query(KEEP_ALIAS, [recipientId, alias, this.clock.now()]);
      const named = await scope.query<{ id: string }>(SET_ALIAS, [recipientId, alias, endpointId ?? null]);
      return named.length;
    });
  }
}
