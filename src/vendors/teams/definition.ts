import { LINK_TEXT, overHttps, ROBOT_CAPABILITIES, robotUrl } from '../chat/robot-settings.js';
import { transportSettings } from '../transport/transport-settings.js';
import type { VendorDefinition } from '../vendor.js';

/**
 * A Microsoft Teams channel or chat, by a flow of Workflows ("When a Teams webhook request is received", open to anyone).
 *
 * As with every chat robot, an account is one robot in one group: its webhook. The same words for all targets of a call are one post,
 * and the targets' addresses say who is mentioned in it: `group` nobody, anything else the person with that user principal name
 * (`adele@example.com`) or object id in Entra. `all` mentions nobody either, since a card cannot mention a channel. Words of people's own
 * are posts of their own.
 *
 * Acceptance says that the flow was started. Whether it could post is seen in the flow's own history alone, by the vendor reference.
 * Source: Microsoft's pages on Workflows webhooks, Adaptive Cards 1.4 and mentions in cards (November 2026).
 */
export const TEAMS: VendorDefinition = {
  code: 'teams',
  name: 'Microsoft Teams channel',
  kind: 'chat',
  settings: [
    robotUrl(
      'Address of the flow that posts to the channel, with its sig, https; whoever knows it can post.',
      'https://prod-01.westeurope.logic.azure.com:443/workflows/…/triggers/manual/paths/invoke?api-version=…&sig=…',
    ),
    LINK_TEXT,
    ...transportSettings({ connections: 4 }),
  ],
  checkSettings: overHttps,
  usualPace: { perSecond: 4 },
  capabilities: ROBOT_CAPABILITIES,
};
