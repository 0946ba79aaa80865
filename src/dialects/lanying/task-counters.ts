import { deviceVendor, isLive } from './distribution.js';
import type { PushAccount } from './push-accounts.js';

/** The document's channels, in its order. */
const CHANNELS = ['apns', 'fcm', 'flyme', 'huawei', 'mxpush', 'oppo', 'vivo', 'xiaomi'] as const;
type WireChannel = (typeof CHANNELS)[number];
const MEASURES = ['received', 'sent', 'target'] as const;
type Measure = (typeof MEASURES)[number];

/** Device vendors that the document calls otherwise, or knows no channel of their own for. */
const NAMES: Readonly<Record<string, WireChannel>> = { meizu: 'flyme', harmony: 'huawei' };

/** What one vendor account did for a task. */
export interface AccountCounters {
  /** The account's code; null: none yet, or it was deleted. */
  vendorAccount: string | null;
  target: number;
  sent: number;
  delivered: number;
}

/** 24 counters and the task's id. */
export type TaskDetail = Record<`${WireChannel}_${Measure}`, number> & { task_id: number };

/** Which channel of the document each account counts under; what has no channel there is not counted. */
export function wireChannels(accounts: readonly PushAccount[], liveAccount: string): ReadonlyMap<string, WireChannel> {
  return new Map(
    accounts.flatMap((account): [string, WireChannel][] => {
      const vendor = deviceVendor(account);
      const name = isLive(account, liveAccount) ? 'mxpush' : (NAMES[vendor] ?? vendor);
      const channel = CHANNELS.find((known) => known === name);
      return channel === undefined || (channel === 'mxpush' && !isLive(account, liveAccount))
        ? []
        : [[account.code, channel]];
    }),
  );
}

/** Every counter is told, those of unused channels as 0, in the document's order. */
export function toTaskDetail(
  taskId: string,
  counters: readonly AccountCounters[],
  channels: ReadonlyMap<string, WireChannel>,
): TaskDetail {
  const sum = (channel: WireChannel, measure: Measure): number =>
    counters
      .filter(({ vendorAccount }) => channels.get(vendorAccount ?? '') === channel)
      .reduce((total, one) => total + (measure === 'received' ? one.delivered : one[measure]), 0);
  const entries = CHANNELS.flatMap((channel) =>
    MEASURES.map((measure): [string, number] => [`${channel}_${measure}`, sum(channel, measure)]),
  );
  return Object.fromEntries([...entries, ['task_id', Number(taskId)]]) as TaskDetail;
}
