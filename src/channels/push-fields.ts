import type { VendorField } from '../vendors/vendor.js';
import { urlProblem } from '../vendors/url-problem.js';

const LONGEST_NAME = 255;
const LARGEST_BADGE = 99_999;

const word = (name: string, description: string, max = LONGEST_NAME): VendorField => ({
  name,
  type: 'string',
  description,
  min: 1,
  max,
});

const instant = (name: string, description: string): VendorField => ({
  name,
  type: 'string',
  description,
  check: (value) =>
    /^\d{4}-\d\d-\d\dT.*(Z|[+-]\d\d:\d\d)$/.test(String(value)) && !Number.isNaN(Date.parse(String(value)))
      ? undefined
      : 'must be a time with its zone, such as 2026-12-01T08:00:00+08:00',
});

function badgeProblem(value: unknown): string | undefined {
  const entries = Object.entries(value as Record<string, unknown>);
  const [name, count] = entries[0] ?? [];
  const fits =
    entries.length === 1 &&
    (name === 'set' || name === 'add') &&
    Number.isSafeInteger(count) &&
    Number(count) >= 0 &&
    Number(count) <= LARGEST_BADGE;
  return fits ? undefined : `must be { "set": n } or { "add": n } with n from 0 to ${LARGEST_BADGE}`;
}

/** What every push vendor is asked for alike; see `push-options.ts`. */
export const PUSH_FIELDS: readonly VendorField[] = [
  {
    name: 'type',
    type: 'string',
    description: 'cmd: handed to the app and not shown.',
    values: ['text', 'image', 'cmd'],
  },
  word('bigText', 'Shown when the notification is opened wide.', 4_000),
  { ...word('image', 'Picture.', 2_048), check: urlProblem },
  { name: 'badge', type: 'object', description: 'Number on the icon of the app.', check: badgeProblem },
  instant('displayFrom', 'Shown from then on only.'),
  instant('displayUntil', 'Shown until then only.'),
  word('collapseKey', 'A later push with the same key takes the place of an earlier one.', 64),
];

export const ANDROID_FIELDS: readonly VendorField[] = [
  word('sound', 'Sound.'),
  word('channelId', 'Notification channel.'),
  { name: 'clickAction', type: 'string', description: 'What a tap does.', values: ['open_app', 'intent'] },
  word('intent', 'The intent of a tap.', 2_048),
];

export const IOS_FIELDS: readonly VendorField[] = [
  word('sound', 'Sound.'),
  { name: 'contentAvailable', type: 'boolean', description: 'content-available of APNs.' },
  { name: 'mutableContent', type: 'boolean', description: 'mutable-content of APNs.' },
  word('category', 'category of APNs.'),
  word('threadId', 'thread-id of APNs.'),
  word('subtitle', 'subtitle of APNs.'),
  word('collapseId', 'apns-collapse-id.', 64),
];
