import { randomUUID } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { ChannelDirectory } from '../channels/channel-directory.js';
import { Clock } from '../common/clock.js';
import { largestCall } from '../channels/pacing/pace.js';
import type { OrganisationChannels, RouteAccount } from '../channels/organisation-channels.js';
import type { TenantScope } from '../database/tenant-scope.js';
import { Tenants } from '../database/tenants.js';
import { VendorRegistry } from '../vendors/vendor-registry.js';
import { audienceGroups, FIRST_WINDOW, HASH_JOINS, isFew, WINDOW } from './audience-groups.js';
import { keepLease, LEASE_MILLISECONDS } from './lease.js';
import type { ClaimedMessage, PlanContext } from './plan-context.js';
import { planExplicit } from './plan-explicit.js';
import { isSmall, planFew } from './plan-few.js';
import { routePlan } from './route-plan.js';
import { CLAIM_MESSAGES } from './sql/claim-messages.js';
import { planWindow } from './sql/plan-window.js';
import { RENEW_MESSAGES } from './sql/renew-lease.js';

const CLAIMED_AT_ONCE = 500;
const LAST = '9223372036854775807';

/** Turns due messages into batches, inside Postgres, window by window. */
@Injectable()
export class Planner {
  private readonly logger = new Logger(Planner.name);

  constructor(
    private readonly tenants: Tenants,
    private readonly directory: ChannelDirectory,
    private readonly vendors: VendorRegistry,
    private readonly clock: Clock,
  ) {}

  /**
   * Plans what is due in one organisation, one round: small messages together, of a large one a single window, so that nobody waits
   * behind a broadcast. `lowest` is the lowest priority to take.
   * @returns how many messages it took
   */
  async planDue(organisationId: number, lowest: number): Promise<number> {
    const scope = this.tenants.of(organisationId);
    const now = this.clock.now();
    const lease = randomUUID();
    const until = new Date(now.getTime() + LEASE_MILLISECONDS);
    const today = now.toISOString().slice(0, 10);
    const claimed = await scope.query<ClaimedMessage>(CLAIM_MESSAGES, [
      lease,
      now,
      until,
      CLAIMED_AT_ONCE,
      today,
      lowest,
    ]);
    if (claimed.length === 0) return 0;
    const due = claimed
      .filter(({ state }) => state === 'planning')
      .sort((left, right) => left.priority - right.priority || Number(BigInt(left.id) - BigInt(right.id)));
    const ids = due.map(({ id }) => id);
    const endRenewal = keepLease(
      this.clock,
      (renewed) => scope.query(RENEW_MESSAGES, [ids, lease, renewed]),
      (error) => this.logger.warn(`A lease of messages ${ids.join(', ')} could not be renewed: ${String(error)}`),
    );
    try {
      await this.planClaimed(scope, due, lease);
    } finally {
      endRenewal();
    }
    return claimed.length;
  }

  private async planClaimed(scope: TenantScope, due: ClaimedMessage[], lease: string): Promise<void> {
    const channels = await this.directory.load(scope.organisationId);
    const small = due.filter(isSmall);
    const large = due.filter((message) => !isSmall(message));
    if (small.length > 0) await this.attempt(small, () => planFew(scope, small, lease, this.clock.now(), channels));
    for (const message of large) {
      await this.attempt([message], () => this.planStep(scope, message, lease, channels));
    }
  }

  /** What fails keeps its lease until it runs out, and is planned again from its cursor. */
  private async attempt(messages: ClaimedMessage[], work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      const ids = messages.map(({ id }) => id).join(', ');
      this.logger.error(`Planning message ${ids} failed: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  private async planStep(
    scope: TenantScope,
    message: ClaimedMessage,
    lease: string,
    channels: OrganisationChannels,
  ): Promise<void> {
    const { audience } = message;
    const batchSizeOf = ({ vendor, pace }: RouteAccount): number =>
      largestCall(this.vendors.get(vendor).definition.capabilities, pace);
    const context: PlanContext = {
      scope,
      message,
      lease,
      now: this.clock.now(),
      lines: routePlan(message.channels, channels, batchSizeOf),
      groupIds: await audienceGroups(scope, audience),
      excludedGroupIds: await audienceGroups(scope, audience.exclude),
    };
    const explicit = await planExplicit(context, this.tenants);
    const cursor = message.planCursor ?? '0';
    const few = await isFew(scope, audience, context.groupIds);
    await this.planRecipients(context, cursor, few ? LAST : await windowEnd(scope, message.planCursor), explicit, !few);
  }

  private async planRecipients(
    context: PlanContext,
    after: string,
    end: string,
    explicit: [number, string][],
    wide: boolean,
  ): Promise<void> {
    const { scope, message, lines } = context;
    const { audience } = message;
    const shape = {
      all: audience.all,
      wide,
      excludes: audience.exclude.recipientIds.length > 0 || context.excludedGroupIds.length > 0,
      explicit: explicit.length > 0,
      platforms: audience.devices?.platforms !== undefined,
      latest: audience.devices?.latestOnly === true,
    };
    const values = [
      message.id,
      context.lease,
      this.clock.now(),
      after,
      end,
      end === LAST,
      message.priority,
      message.day,
      message.templateId ?? 0,
      audience.recipientIds,
      context.groupIds,
      audience.exclude.recipientIds,
      context.excludedGroupIds,
      explicit.map(([channelId]) => channelId),
      explicit.map(([, endpointId]) => endpointId),
      lines.map((line) => line.channelId),
      lines.map((line) => line.kind),
      lines.map((line) => line.accountId),
      lines.map((line) => line.serves),
      lines.map((line) => line.before),
      lines.map((line) => line.batchSize),
      lines.map((line) => line.single),
      ...(audience.devices?.platforms === undefined ? [] : [audience.devices.platforms]),
    ];
    if (!wide) {
      await scope.query(planWindow(shape), values);
      return;
    }
    await this.tenants.transaction(scope.organisationId, async (within) => {
      await within.execute(HASH_JOINS);
      await within.query(planWindow(shape), values);
    });
  }
}

async function windowEnd(scope: TenantScope, cursor: string | null): Promise<string> {
  const rows = await scope.query<{ id: string }>(
    'SELECT id FROM recipient WHERE organisation_id = $1 AND id > $2 ORDER BY id OFFSET $3 LIMIT 1',
    [cursor ?? '0', (cursor === null ? FIRST_WINDOW : WINDOW) - 1],
  );
  return rows[0]?.id ?? LAST;
}
