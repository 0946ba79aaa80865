import { Injectable } from '@nestjs/common';
import type { Caller } from '../access/principal.js';
import { InvalidRequest } from '../common/problem.js';
import { Tenants } from '../database/tenants.js';
import { visibleMessage } from './visible-message.js';

export const STATISTIC_GROUPS = ['day', 'channel', 'vendor', 'template'] as const;
export type StatisticGroup = (typeof STATISTIC_GROUPS)[number];

const MOST_DAYS = 366;
const DAY = 86_400_000;

/** Deliveries counted; see CountersDto for what each one means. */
export interface Counters {
  target: number;
  sent: number;
  delivered: number;
  read: number;
  failed: number;
  unknown: number;
}

export interface MessageCounters extends Counters {
  channel: string;
  channelName: string;
  vendorAccount: string;
  vendorAccountName: string | null;
}

export interface AccountCounters extends Counters {
  messageId: string;
  /** Null: none yet, or it was deleted. */
  vendorAccount: string | null;
}

export interface GroupCounters extends Counters {
  code: string | null;
  name: string | null;
}

const NAMES = ['target', 'sent', 'delivered', 'read', 'failed', 'unknown'] as const;

/** As numbers, which float8 holds exactly up to 2^53; the driver gives bigint as text. */
const numbers = (of: (name: string) => string): string =>
  NAMES.map((name) => `${of(name)}::float8 AS ${name}`).join(', ');

const OF_MESSAGE = `
SELECT c.code AS channel, c.name AS "channelName", coalesce(a.code, '~' || s.vendor_account_id) AS "vendorAccount",
       a.name AS "vendorAccountName", ${numbers((name) => `s.${name}`)}
  FROM message_statistic s
  JOIN channel c ON c.organisation_id = $1 AND c.id = s.channel_id
  LEFT JOIN vendor_account a ON a.organisation_id = $1 AND a.id = s.vendor_account_id
 WHERE s.organisation_id = $1 AND s.message_id = $2
 ORDER BY c.code, s.vendor_account_id`;

const OF_MESSAGES = `
SELECT m.id AS "messageId", a.code AS "vendorAccount", ${numbers((name) => `coalesce(s.${name}, 0)`)}
  FROM message m
  LEFT JOIN message_statistic s ON s.organisation_id = $1 AND s.message_id = m.id
  LEFT JOIN vendor_account a ON a.organisation_id = $1 AND a.id = s.vendor_account_id
 WHERE m.organisation_id = $1 AND m.id = ANY ($2::bigint[]) AND ($3::int IS NULL OR m.application_id = $3)`;

/** What the counters are summed by, and where its code and name stand. */
const GROUPS: Readonly<Record<StatisticGroup, { key: string; table?: string }>> = {
  day: { key: 'day' },
  channel: { key: 'channel_id', table: 'channel' },
  vendor: { key: 'vendor_account_id', table: 'vendor_account' },
  template: { key: 'template_id', table: 'template' },
};

function ofDays(group: StatisticGroup): string {
  const { key, table } = GROUPS[group];
  const label =
    table === undefined
      ? 't.key::text AS code, t.key::text AS name'
      : `coalesce(g.code, '~' || nullif(t.key, 0)) AS code, g.name`;
  return `
  SELECT ${label}, ${NAMES.map((name) => `t.${name}`).join(', ')}
    FROM (SELECT ${key} AS key, ${numbers((name) => `sum(${name})`)} FROM daily_statistic
           WHERE organisation_id = $1 AND day BETWEEN $2 AND $3 GROUP BY 1) t
    ${table === undefined ? '' : `LEFT JOIN ${table} g ON g.organisation_id = $1 AND g.id = t.key`}
   ORDER BY t.key`;
}

/** Reads the counters that sending and receipts keep; nothing is counted here. */
@Injectable()
export class Statistics {
  constructor(private readonly tenants: Tenants) {}

  /** @throws NotFound for messages of other applications, too */
  async ofMessage(caller: Caller, messageId: string): Promise<{ items: MessageCounters[]; total: Counters }> {
    const scope = this.tenants.of(caller.organisationId);
    const { id } = await visibleMessage(scope, caller, messageId);
    const items = await scope.query<MessageCounters>(OF_MESSAGE, [id]);
    return { items, total: sumOf(items) };
  }

  /**
   * By vendor account, of those of the messages that the caller may see; one that is not planned yet has a row of zeros without an
   * account.
   */
  ofMessages({ organisationId, applicationId }: Caller, messageIds: readonly string[]): Promise<AccountCounters[]> {
    return this.tenants.of(organisationId).query<AccountCounters>(OF_MESSAGES, [messageIds, applicationId]);
  }

  /** Days are UTC, `YYYY-MM-DD`, both included. */
  async ofDays(organisationId: number, from: string, to: string, group: StatisticGroup): Promise<GroupCounters[]> {
    const days = (Date.parse(to) - Date.parse(from)) / DAY + 1;
    if (days < 1) throw InvalidRequest.at('to', 'must not be before from');
    if (days > MOST_DAYS) throw InvalidRequest.at('to', `must be at most ${MOST_DAYS} days, both included, from from`);
    return this.tenants.of(organisationId).query<GroupCounters>(ofDays(group), [from, to]);
  }
}

export function sumOf(items: readonly Counters[]): Counters {
  const total: Counters = { target: 0, sent: 0, delivered: 0, read: 0, failed: 0, unknown: 0 };
  for (const item of items) for (const name of NAMES) total[name] += item[name];
  return total;
}
