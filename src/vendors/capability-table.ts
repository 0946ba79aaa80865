import { markdownTable } from '../common/markdown-table.js';
import type { VendorDefinition } from './vendor.js';

const HEAD = [
  'vendor',
  'kind',
  'targets a request',
  'a call',
  'receipts',
  'badge',
  'collapse',
  'kept for a device that is away',
  'limits count',
];

/** What vendors can do as a Markdown table, for people: docs/vendors.md holds it, and a test holds the page to it. */
export function capabilityTable(definitions: readonly VendorDefinition[]): string {
  return markdownTable([HEAD, ...definitions.map(row)]);
}

function row({ code, kind, capabilities }: VendorDefinition): string[] {
  const { requestSize, batchSize, receipts, acceptanceIsDelivery, badge, collapse, ttl, paceUnit } = capabilities;
  return [
    `\`${code}\``,
    kind,
    String(requestSize),
    String(batchSize),
    receipts ? 'yes' : acceptanceIsDelivery ? 'accepted is delivered' : 'no',
    badge.length === 0 ? '-' : badge.join(', '),
    collapse === null ? '-' : `\`${collapse}\``,
    ttl === null ? '-' : `${duration(ttl.min)} to ${duration(ttl.max)}`,
    paceUnit,
  ];
}

const UNITS = [
  [86_400, 'd'],
  [3_600, 'h'],
  [60, 'min'],
] as const;

/** In the largest unit that divides it. */
function duration(seconds: number): string {
  const [size, unit] = UNITS.find(([size]) => seconds >= size && seconds % size === 0) ?? [1, 's'];
  return `${seconds / size} ${unit}`;
}
