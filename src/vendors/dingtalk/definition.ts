import { ROBOT_CAPABILITIES, ROBOT_KEYWORD, ROBOT_SECRET, robotKey } from '../chat/robot-settings.js';
import { transportSettings, urlSetting } from '../transport/transport-settings.js';
import type { VendorDefinition } from '../vendor.js';

/**
 * An account is one robot in one group. There is one post per words for all targets of a call, whose addresses say who is mentioned:
 * `group` nobody, `all` everybody, anything else a person: a mobile number (11 digits as in China, or `+` and the code of its country
 * first) or the vendor's own id of the person. Acceptance says that it was posted, not that anybody saw it.
 *
 * Source: DingTalk open platform, "custom robots" and their error codes (November 2026).
 */
export const DINGTALK: VendorDefinition = {
  code: 'dingtalk',
  name: 'DingTalk group robot',
  kind: 'chat',
  settings: [
    robotKey('accessToken', 'The robot’s access token: what follows access_token= in its address.'),
    ROBOT_SECRET,
    ROBOT_KEYWORD,
    urlSetting('baseUrl', 'Server, without a path.', 'https://oapi.dingtalk.com'),
    ...transportSettings({ connections: 2 }),
  ],
  // 20 posts a minute; a robot that posts more is muted for ten minutes.
  usualPace: { perSecond: 0.33 },
  capabilities: ROBOT_CAPABILITIES,
};
