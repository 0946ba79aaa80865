import type { TenantScope } from '../database/tenant-scope.js';
import type { ChannelPlan, ResolvedAudience } from './resolved-message.js';
import type { RouteLine } from './route-plan.js';

/** A due message under this planner's lease. */
export interface ClaimedMessage {
  id: string;
  state: string;
  priority: number;
  audience: ResolvedAudience;
  channels: ChannelPlan[];
  planCursor: string | null;
  day: string;
  templateId: number | null;
}

/** What the steps of one message share. */
export interface PlanContext {
  scope: TenantScope;
  message: ClaimedMessage;
  lease: string;
  now: Date;
  lines: RouteLine[];
  groupIds: number[];
  excludedGroupIds: number[];
}
