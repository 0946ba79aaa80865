import type { PushWords } from '../push/push-words.js';
import type { VendorField } from '../vendor.js';

/** What a push to an iOS device may say beyond what all vendors are asked for. */
export const APS_OPTIONS: readonly VendorField[] = [
  {
    name: 'interruptionLevel',
    type: 'string',
    description:
      'How much it disturbs (interruption-level). `critical` sounds even when the device is muted; the app needs Apple’s permission.',
    values: ['passive', 'active', 'time-sensitive', 'critical'],
  },
  {
    name: 'relevanceScore',
    type: 'number',
    description: 'Its place in the summary, 0 to 1: the highest is shown first (relevance-score).',
    min: 0,
    max: 1,
  },
  {
    name: 'targetContentId',
    type: 'string',
    description: 'Names the window that is brought forward (target-content-id).',
    max: 255,
  },
  {
    name: 'filterCriteria',
    type: 'string',
    description: 'What a Focus decides by whether to show it (filter-criteria).',
    max: 255,
  },
];

/** Names in `aps` of options by their own. */
const PASSED_ON = {
  interruptionLevel: 'interruption-level',
  relevanceScore: 'relevance-score',
  targetContentId: 'target-content-id',
  filterCriteria: 'filter-criteria',
} as const;

/**
 * The `aps` dictionary of a push. A silent one only wakes the app. Left out, since iOS cannot: adding to the badge (apps count
 * themselves), a longer text for when it is opened (it shows all of `text`), where a tap leads (the app decides), the begin of a display
 * window. A picture is fetched by the app's notification service extension, for which it is `mutable-content`.
 */
export function apsOf(words: PushWords, usualSound: string): Record<string, unknown> {
  if (words.silent) return { 'content-available': 1 };
  const { title, text, ios, badge, own } = words;
  const aps: Record<string, unknown> = {
    alert: { title, subtitle: ios.subtitle, body: text ?? (title === undefined ? '' : undefined) },
    badge: badge !== undefined && 'set' in badge ? badge.set : undefined,
    sound: soundOf(ios.sound ?? usualSound, own['interruptionLevel']),
    'thread-id': ios.threadId,
    category: ios.category,
    'content-available': ios.contentAvailable === true ? 1 : undefined,
    'mutable-content': ios.mutableContent === true || words.image !== undefined ? 1 : undefined,
  };
  for (const [option, name] of Object.entries(PASSED_ON)) aps[name] = own[option];
  return aps;
}

function soundOf(name: string, level: unknown): unknown {
  if (name === 'none') return undefined;
  return level === 'critical' ? { critical: 1, name, volume: 1 } : name;
}
