import { LINK_TEXT, overHttps, ROBOT_CAPABILITIES, robotUrl } from '../chat/robot-settings.js';
import { transportSettings } from '../transport/transport-settings.js';
import type { VendorDefinition } from '../vendor.js';

/**
 * A Slack channel, by an incoming webhook.
 *
 * As with every chat robot, an account is one robot in one group: its webhook. The same words for all targets of a call are one post,
 * and the targets' addresses say who is mentioned in it: `group` nobody, `all` everybody in the channel, anything else the person with
 * that member id (`U0123ABCD`). Words of people's own are posts of their own.
 * Source: Slack's pages on incoming webhooks, Block Kit and message formatting (November 2026).
 */
export const SLACK: VendorDefinition = {
  code: 'slack',
  name: 'Slack channel',
  kind: 'chat',
  settings: [
    robotUrl(
      'Address of the incoming webhook, https; whoever knows it can post.',
      'https://hooks.slack.com/services/T00000000/B00000000/XXXXXXXXXXXXXXXXXXXXXXXX',
    ),
    LINK_TEXT,
    ...transportSettings({ connections: 2 }),
  ],
  checkSettings: overHttps,
  usualPace: { perSecond: 1 },
  capabilities: ROBOT_CAPABILITIES,
};
