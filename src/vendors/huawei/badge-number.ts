import type { Badge } from '../../channels/push-options.js';
import { MOST_BADGE } from './limits.js';

/** A number on the icon within what Huawei and Honor show; undefined for what they cannot: to take some off. */
export function badgeNumber(badge: Badge | undefined): Badge | undefined {
  if (badge === undefined) return undefined;
  if ('set' in badge) return { set: Math.min(MOST_BADGE, Math.max(0, badge.set)) };
  return badge.add >= 1 ? { add: Math.min(MOST_BADGE, badge.add) } : undefined;
}
