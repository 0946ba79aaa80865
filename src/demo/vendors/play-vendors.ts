import { setTimeout as delay } from 'node:timers/promises';
import type { MessageStatisticsDto } from '../../deliveries/statistic.dto.js';
import { ApiClient } from '../api-client.js';
import { taskDetails } from '../dialects/lanying.js';
import { figure, print, table } from '../print.js';
import { CHAT_VENDORS, PUSH_CHANNEL, PUSH_VENDORS, seedVendors, SMS_VENDORS, VENDORS_APP } from './seed-vendors.js';
import type { VendorSimulators } from './vendor-simulators.js';

const POLL_MILLISECONDS = 100;
/** Vendors whose devices the Lanying document does not count, and so does not push to. */
const NATIVE_ONLY = ['webpush'];
const NO_RECEIPTS: ReadonlySet<string> = new Set([...CHAT_VENDORS, ...NATIVE_ONLY]);
const COLUMNS = ['target', 'sent', 'delivered', 'failed'] as const;

type Counts = Record<(typeof COLUMNS)[number], number>;

/**
 * Sends through every vendor, to simulators that speak their protocols: a Lanying push to all devices, whose 24 counters it shows, and
 * through the native API a push, a text and a post by each of the others. Returns what is missing, a line each.
 */
export async function playVendors(
  { baseUrl, adminKey }: { baseUrl: string; adminKey: string },
  simulators: VendorSimulators,
  deadline: number,
): Promise<string[]> {
  print(`\nEvery vendor, against simulators that refuse what the real ones refuse`);
  const { admin, token } = await seedVendors(baseUrl, adminKey, simulators);
  const lanying = new ApiClient(baseUrl, { 'access-token': token, app_id: VENDORS_APP });
  const missing = await playPush(lanying, deadline);
  const ids = await sendOthers(admin, simulators);
  const counts = await arrived(admin, ids, deadline);
  await printVendors(counts, simulators);
  return [...missing, ...shortcomings(counts)];
}

async function playPush(lanying: ApiClient, deadline: number): Promise<string[]> {
  const message = {
    type: 'text',
    title: '检验结果',
    body: '您的检验报告已出，请查收。',
    badge: '+1',
    ext: { report: 1001 },
    huawei: { badge_class: 'com.example.MainActivity' },
    vivo: { push_mode: 0, classification: 1 },
  };
  const reply = await lanying.post<{ data: { task_id: number } | null; message: string | null }>('/push/notify', {
    audience: 'all',
    message,
  });
  print(`  ${'Lanying notify "all"'.padEnd(22)}${JSON.stringify(reply)}`);
  if (reply.data === null) return [`Lanying push to the vendors: ${reply.message}`];
  const still = async (): Promise<string[]> => {
    const [counters = {}] = await taskDetails(lanying, [reply.data?.task_id ?? 0]);
    return Object.entries(counters).flatMap(([name, count]) => (count > 0 ? [] : [name]));
  };
  const left = await until(still, (names) => names.length === 0, deadline);
  const [detail] = await taskDetails(lanying, [reply.data.task_id]);
  print(`  ${'task/detail'.padEnd(22)}${JSON.stringify(detail)}`);
  return left.length === 0 ? [] : [`Lanying push to the vendors: nothing counted under ${left.join(', ')}`];
}

/** One message for each vendor's own channel, and one push for the devices that Lanying leaves out. */
async function sendOthers(admin: ApiClient, simulators: VendorSimulators): Promise<string[]> {
  const send = async (channel: string, addresses: readonly string[], content: object): Promise<string> => {
    const request = { audience: { addresses: { [channel]: addresses } }, content: { [channel]: content } };
    return (await admin.post<{ id: string }>('/api/v1/messages', request)).id;
  };
  const addressesOf = (vendor: string): string[] => simulators.vendors[vendor]?.addresses ?? [];
  const ids = [
    await send(PUSH_CHANNEL, NATIVE_ONLY.flatMap(addressesOf).slice(0, 2), { title: '通知', text: '网页推送' }),
  ];
  for (const vendor of SMS_VENDORS) ids.push(await send(vendor, addressesOf(vendor), { text: '1234' }));
  for (const vendor of CHAT_VENDORS)
    ids.push(await send(vendor, addressesOf(vendor), { title: '值班提醒', text: '请查看今天的排班。' }));
  return ids;
}

/** The counters of the organisation's accounts, when nothing moves them any more or all is as it should be. */
async function arrived(admin: ApiClient, ids: readonly string[], deadline: number): Promise<Map<string, Counts>> {
  const look = async (): Promise<Map<string, Counts>> => {
    const lists = await Promise.all(
      ids.map((id) => admin.get<MessageStatisticsDto>(`/api/v1/statistics/messages/${id}`)),
    );
    const counts = new Map<string, Counts>();
    for (const { vendorAccount, ...counted } of lists.flatMap(({ items }) => items)) {
      counts.set(vendorAccount, counted);
    }
    return counts;
  };
  return until(look, (counts) => shortcomings(counts).length === 0, deadline);
}

function shortcomings(counts: ReadonlyMap<string, Counts>): string[] {
  return [...NATIVE_ONLY, ...SMS_VENDORS, ...CHAT_VENDORS].flatMap((vendor) => {
    const { target = 0, sent = 0, delivered = 0 } = counts.get(vendor) ?? {};
    const complete = target > 0 && sent === target && (NO_RECEIPTS.has(vendor) || delivered === target);
    return complete ? [] : [`Vendor ${vendor}: ${target} targets, ${sent} sent, ${delivered} delivered`];
  });
}

async function printVendors(counts: ReadonlyMap<string, Counts>, simulators: VendorSimulators): Promise<void> {
  const taken = await simulators.counts();
  const rows = [...PUSH_VENDORS, ...SMS_VENDORS, ...CHAT_VENDORS].map((vendor) => {
    const counted = counts.get(vendor);
    const own = COLUMNS.map((column) => (counted === undefined ? 'above' : figure(counted[column])));
    return [vendor, ...own, figure(taken[vendor]?.requests ?? 0), figure(taken[vendor]?.pushes ?? 0)];
  });
  for (const row of table([['Vendor', ...COLUMNS, 'requests it got', 'targets it took'], ...rows])) print(`  ${row}`);
}

/** Asks until the answer is as wanted or time is up; returns the last answer. */
async function until<T>(ask: () => Promise<T>, wanted: (answer: T) => boolean, deadline: number): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (wanted(answer) || Date.now() > deadline) return answer;
    await delay(POLL_MILLISECONDS);
  }
}
