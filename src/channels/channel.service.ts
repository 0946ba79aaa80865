import { Injectable } from '@nestjs/common';
import { Clock } from '../common/clock.js';
import { NotFound } from '../common/problem.js';
import { smallResourceKey } from '../common/resource-key.js';
import type { TenantScope } from '../database/tenant-scope.js';
import { Tenants } from '../database/tenants.js';
import { ChannelDirectory } from './channel-directory.js';
import type { ChannelKind } from './channel-kind.js';
import { ChannelRoutes } from './channel-routes.js';
import { OptionRules } from './option-rules.js';
import { refuseWhileChannelUsed } from './channel-use.js';
import { Channel } from './channel.entity.js';

export interface NewChannel {
  code: string;
  name?: string;
  kind: ChannelKind;
  enabled?: boolean;
  unknownPolicy?: Channel['unknownPolicy'];
  unknownAfterHours?: number | null;
  /** What its messages ask of vendors unless they say otherwise themselves. */
  options?: Record<string, unknown>;
  route?: string[];
}

export type ChannelChange = Partial<Omit<NewChannel, 'code' | 'kind'>>;

/** A channel with its route, the codes of its vendor accounts in order. */
export interface ChannelView extends Omit<Channel, 'organisationId'> {
  route: string[];
}

const CHANNELS = `
  SELECT c.id, c.code, c.name, c.kind, c.enabled, c.unknown_policy AS "unknownPolicy",
         c.unknown_after_hours AS "unknownAfterHours", c.options, c.created_at AS "createdAt",
         c.updated_at AS "updatedAt",
         ARRAY(SELECT a.code FROM channel_route r
                 JOIN vendor_account a ON a.organisation_id = $1 AND a.id = r.vendor_account_id
                WHERE r.organisation_id = $1 AND r.channel_id = c.id ORDER BY r.position) AS route
    FROM channel c
   WHERE c.organisation_id = $1`;

/** What costs money is not sent twice on a mere suspicion. */
const defaultPolicy = (kind: ChannelKind): Channel['unknownPolicy'] => (kind === 'sms' ? 'hold' : 'resend');

/** Receipts for SMS come within days or never. */
const defaultDeadline = (policy: Channel['unknownPolicy']): number | null => (policy === 'hold' ? 72 : null);

/** What callers name: a kind of message and the vendor accounts that carry it. */
@Injectable()
export class ChannelService {
  constructor(
    private readonly tenants: Tenants,
    private readonly clock: Clock,
    private readonly routes: ChannelRoutes,
    private readonly optionRules: OptionRules,
    private readonly directory: ChannelDirectory,
  ) {}

  /** In order of id, after `after`. */
  list(organisationId: number, after: number, take: number): Promise<ChannelView[]> {
    return this.tenants
      .of(organisationId)
      .query<ChannelView>(`${CHANNELS} AND c.id > $2 ORDER BY c.id LIMIT $3`, [after, take]);
  }

  async get(organisationId: number, key: string): Promise<ChannelView> {
    const by = smallResourceKey(key);
    const [channel] = await this.tenants
      .of(organisationId)
      .query<ChannelView>(
        'code' in by ? `${CHANNELS} AND c.code = $2` : `${CHANNELS} AND c.id = $2`,
        Object.values(by),
      );
    if (channel === undefined) throw new NotFound('channel', key);
    return channel;
  }

  async create(organisationId: number, channel: NewChannel): Promise<ChannelView> {
    this.optionRules.check(channel.options);
    const now = this.clock.now();
    const unknownPolicy = channel.unknownPolicy ?? defaultPolicy(channel.kind);
    const id = await this.tenants.transaction(organisationId, async (scope) => {
      const made = await scope.insert(Channel, {
        code: channel.code,
        name: channel.name ?? channel.code,
        kind: channel.kind,
        enabled: channel.enabled ?? true,
        unknownPolicy,
        unknownAfterHours:
          channel.unknownAfterHours === undefined ? defaultDeadline(unknownPolicy) : channel.unknownAfterHours,
        options: channel.options ?? {},
        createdAt: now,
        updatedAt: now,
      });
      await this.routes.replace(scope, made, channel.route);
      return made.id;
    });
    this.directory.invalidate(organisationId);
    return this.get(organisationId, `~${id}`);
  }

  async change(organisationId: number, key: string, { route, ...fields }: ChannelChange): Promise<ChannelView> {
    this.optionRules.check(fields.options);
    const id = await this.tenants.transaction(organisationId, async (scope) => {
      const channel = await found(scope, key);
      const given = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
      // Locks the channel until the transaction ends, so that two new routes do not mix.
      await scope.update(Channel, { id: channel.id }, { ...given, updatedAt: this.clock.now() });
      if (route !== undefined) await this.routes.replace(scope, channel, route);
      return channel.id;
    });
    this.directory.invalidate(organisationId);
    return this.get(organisationId, `~${id}`);
  }

  async delete(organisationId: number, key: string): Promise<void> {
    await this.tenants.transaction(organisationId, async (scope) => {
      const channel = await found(scope, key);
      await refuseWhileChannelUsed(scope, channel);
      await scope.delete(Channel, { id: channel.id });
    });
    this.directory.invalidate(organisationId);
  }
}

async function found(scope: TenantScope, key: string): Promise<Channel> {
  const channel = await scope.findOne(Channel, smallResourceKey(key));
  if (channel === null) throw new NotFound('channel', key);
  return channel;
}
