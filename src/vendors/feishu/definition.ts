import { ROBOT_CAPABILITIES, ROBOT_KEYWORD, ROBOT_SECRET, robotKey } from '../chat/robot-settings.js';
import { transportSettings, urlSetting } from '../transport/transport-settings.js';
import type { VendorDefinition } from '../vendor.js';

/**
 * An account is one robot in one group. There is one post per words for all targets of a call, whose addresses say who is mentioned:
 * `group` nobody, `all` everybody, anything else a person, by the vendor's own id (`ou_…`); a mobile number is refused, since these
 * robots know nobody by it. Acceptance says that it was posted, not that anybody saw it.
 *
 * Source: Feishu open platform, "custom bot guide" (November 2026).
 */
export const FEISHU: VendorDefinition = {
  code: 'feishu',
  name: 'Feishu or Lark custom bot',
  kind: 'chat',
  settings: [
    robotKey('accessToken', 'The robot’s access token: what follows /open-apis/bot/v2/hook/ in its address.'),
    ROBOT_SECRET,
    ROBOT_KEYWORD,
    urlSetting(
      'baseUrl',
      'Server: https://open.feishu.cn, or https://open.larksuite.com for Lark.',
      'https://open.feishu.cn',
    ),
    ...transportSettings({ connections: 2 }),
  ],
  // 100 posts a minute, and 5 in a second.
  usualPace: { perSecond: 1.6 },
  capabilities: ROBOT_CAPABILITIES,
};
