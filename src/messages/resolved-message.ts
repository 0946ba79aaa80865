import type { ChannelKind, Content } from '../channels/channel-kind.js';

/** Groups and people by id, as the planner reads them. */
export interface ResolvedSelectors {
  recipientIds: string[];
  /** Posts, roles and tags. */
  groupIds: number[];
  /** Paths such as `/122/`: everyone in a department at or below one of them. */
  departmentPaths: string[];
}

/** Which devices of the people get a message. */
export interface ResolvedDevices {
  /** In lower case; absent: all platforms. */
  platforms?: string[];
  latestOnly: boolean;
}

/** The audience of a message after its codes were looked up. */
export interface ResolvedAudience extends ResolvedSelectors {
  all: boolean;
  endpointIds: string[];
  /** Looked up when the message is planned; absent when none were named. */
  aliases?: string[];
  /** Raw addresses by channel id. */
  addresses: Record<string, string[]>;
  /** Absent when all devices get it. */
  devices?: ResolvedDevices;
  exclude: ResolvedSelectors;
}

/** One channel of a message. */
export interface ChannelPlan {
  channelId: number;
  kind: ChannelKind;
  /** What to say; absent when the message's template version says it. */
  content?: Content;
  /** Template values that hold on this channel only. */
  params?: Record<string, unknown>;
  /** Ids of the vendor accounts to try, in this order, of those on the channel's route; absent: its route. */
  route?: number[];
}
