import { ROBOT_CAPABILITIES, robotKey } from '../chat/robot-settings.js';
import { transportSettings, urlSetting } from '../transport/transport-settings.js';
import type { VendorDefinition, VendorSetting } from '../vendor.js';

const baseUrl: VendorSetting = urlSetting('baseUrl', 'Server, without a path.', 'https://qyapi.weixin.qq.com');

/**
 * An account is one robot in one group. There is one post per words for all targets of a call, whose addresses say who is mentioned:
 * `group` nobody, `all` everybody, anything else a person: a mobile number (11 digits as in China, or `+` and the code of its country
 * first) or the vendor's own id of the person. Acceptance says that it was posted, not that anybody saw it.
 *
 * Source: WeCom developer centre, "group robots" and global error codes (November 2026).
 */
export const WECOM_ROBOT: VendorDefinition = {
  code: 'wecom-robot',
  name: 'WeCom group robot',
  kind: 'chat',
  settings: [
    robotKey('key', 'The robot’s key: what follows key= in its address.'),
    baseUrl,
    ...transportSettings({ connections: 2 }),
  ],
  // 20 posts a minute.
  usualPace: { perSecond: 0.33 },
  capabilities: ROBOT_CAPABILITIES,
};

/**
 * An account is one app of a company. An address is the id of a member, whatever its case; each gets the message in the app's own chat.
 *
 * Source: WeCom developer centre, "send application messages" and global error codes (November 2026).
 */
export const WECOM: VendorDefinition = {
  code: 'wecom',
  name: 'WeCom app messages',
  kind: 'chat',
  settings: [
    {
      name: 'corpId',
      type: 'string',
      description: 'Id of the company.',
      required: true,
      example: 'ww0123456789abcdef',
    },
    { name: 'corpSecret', type: 'string', description: 'Secret of the app.', required: true, sensitive: true },
    { name: 'agentId', type: 'integer', description: 'AgentId of the app.', required: true, min: 1, example: 1000002 },
    {
      name: 'safe',
      type: 'boolean',
      description:
        'Messages are confidential: they bear a watermark and cannot be passed on. They are texts then, never cards.',
      default: false,
    },
    {
      name: 'enableDuplicateCheck',
      type: 'boolean',
      description: 'The very same message to the same people within half an hour is not shown again.',
      default: false,
    },
    baseUrl,
    ...transportSettings(),
  ],
  capabilities: {
    batchSize: 1000,
    requestSize: 1000,
    concurrency: 2,
    receipts: false,
    acceptanceIsDelivery: false,
    badge: [],
    collapse: null,
    ttl: null,
    paceUnit: 'recipients',
  },
};
