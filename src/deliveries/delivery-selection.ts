import type { Caller } from '../access/principal.js';
import { Channel } from '../channels/channel.entity.js';
import { VendorAccount } from '../channels/vendor-account.entity.js';
import { InvalidRequest } from '../common/problem.js';
import { smallResourceKey } from '../common/resource-key.js';
import type { TenantScope } from '../database/tenant-scope.js';
import { daysWith, type SelectionKind } from './sql/selected-deliveries.js';
import { visibleMessage } from './visible-message.js';

/** The most days that one request looks through: each may be a partition of its own. */
const MOST_DAYS = 31;
const DAY = 86_400_000;

/** Which deliveries are meant; every condition given must hold. Without `message`, the days are limited. */
export interface DeliveryFilter {
  message?: string;
  /** Code. */
  channel?: string;
  /** Code, or `~` and id. */
  account?: string;
  /** How the reason begins. */
  reason?: string;
  /** `YYYY-MM-DD`, UTC, included. */
  from?: string;
  to?: string;
}

/** A filter whose codes were looked up. */
export interface DeliverySelection {
  kind: SelectionKind;
  /** The days that may hold some, ascending. */
  days: readonly string[];
  message: string | null;
  channel: number | null;
  account: number | null;
  reason: string | null;
  /** Only of this application's messages. */
  application: number | null;
  /** Only of messages that ended until then. */
  finishedBy: Date | null;
  /** The expiry of the one message that was named. */
  expiresAt: Date | null;
}

/**
 * What a caller's filter selects. Days default to the last 31. `path` is where the filter stands in the request, such as `filter.`
 * @throws InvalidRequest, NotFound
 */
export async function selectDeliveries(
  scope: TenantScope,
  caller: Caller,
  kind: SelectionKind,
  filter: DeliveryFilter,
  now: Date,
  path = '',
): Promise<DeliverySelection> {
  const message = filter.message === undefined ? undefined : await visibleMessage(scope, caller, filter.message);
  const channel = filter.channel === undefined ? null : await channelId(scope, filter.channel, `${path}channel`);
  const account = filter.account === undefined ? null : await accountId(scope, filter.account, `${path}account`);
  const days =
    message === undefined
      ? await daysOf(scope, kind, [...dayRange(filter, now, path), channel, account])
      : ownDay(message.day, filter);
  return {
    kind,
    days,
    message: message?.id ?? null,
    channel,
    account,
    reason: filter.reason ?? null,
    application: caller.applicationId,
    finishedBy: null,
    expiresAt: message?.expiresAt ?? null,
  };
}

/** The days from `from` to `to` that may hold some. */
export async function daysOf(
  scope: TenantScope,
  kind: SelectionKind,
  range: [from: string, to: string, channel: number | null, account: number | null],
): Promise<string[]> {
  const rows = await scope.query<{ day: string }>(daysWith(kind), range);
  return rows.map(({ day }) => day);
}

/** The parameters of `selectedDeliveries`. */
export function selectionValues(selection: DeliverySelection, day: string): unknown[] {
  const { message, channel, account, reason, application, finishedBy } = selection;
  return [day, message, channel, account, reason, application, finishedBy];
}

export const isoDay = (at: number): string => new Date(at).toISOString().slice(0, 10);

/** The day of the one message, when it is among those asked for. */
function ownDay(day: string | null, { from, to }: DeliveryFilter): string[] {
  return day === null || (from !== undefined && day < from) || (to !== undefined && day > to) ? [] : [day];
}

function dayRange(filter: DeliveryFilter, now: Date, path: string): [from: string, to: string] {
  const to = filter.to ?? (filter.from === undefined ? isoDay(now.getTime()) : lastDay(filter.from, now));
  const from = filter.from ?? isoDay(Date.parse(to) - (MOST_DAYS - 1) * DAY);
  const days = (Date.parse(to) - Date.parse(from)) / DAY + 1;
  if (days < 1) throw InvalidRequest.at(`${path}to`, 'must not be before from');
  if (days > MOST_DAYS) {
    throw InvalidRequest.at(`${path}to`, `must be at most ${MOST_DAYS} days, both included, from from`);
  }
  return [from, to];
}

/** Today, or as far from `from` as can be looked through. */
function lastDay(from: string, now: Date): string {
  const last = isoDay(Date.parse(from) + (MOST_DAYS - 1) * DAY);
  const today = isoDay(now.getTime());
  return last < today || from > today ? last : today;
}

async function channelId(scope: TenantScope, code: string, path: string): Promise<number> {
  const channel = await scope.findOne(Channel, { code });
  if (channel === null) throw InvalidRequest.at(path, `there is no channel ${code}`);
  return channel.id;
}

/** An account that was deleted can still be named by its id. */
async function accountId(scope: TenantScope, key: string, path: string): Promise<number> {
  const by = smallResourceKey(key);
  if ('id' in by) return by.id;
  const account = await scope.findOne(VendorAccount, by);
  if (account === null) throw InvalidRequest.at(path, `there is no vendor account ${key}`);
  return account.id;
}
