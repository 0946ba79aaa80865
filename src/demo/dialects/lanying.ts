import { NOTIFY_EXAMPLES } from '../../dialects/lanying/examples.js';
import { ApiClient } from '../api-client.js';
import type { OrganisationSeed } from './seed-organisation.js';

export const LANYING_APP = 'lanying-demo';
const LIVE = 'live';
/** Device vendors, each with an account that takes its pushes and sends none. */
const VENDORS = ['apns', 'huawei', 'xiaomi', 'meizu', 'vivo', 'oppo', 'fcm'] as const;
const IDS = [111, 222] as const;

/** Whose devices are whose: the first person has those of three vendors, the second of four. */
const DEVICES = [
  { user: 'user111', alias: 'alias1', vendors: ['apns', 'huawei', 'xiaomi'] },
  { user: 'user222', alias: 'alias2', vendors: ['meizu', 'vivo', 'oppo', 'fcm'] },
] as const;

export const LANYING_SEED: OrganisationSeed = {
  organisation: { code: 'lanying', name: 'Lanying demo', locale: 'zh-CN', timeZone: 'Asia/Shanghai' },
  application: { code: 'lanying', name: 'Lanying caller', settings: { lanying: {} } },
  credential: { kind: 'app-id', publicId: LANYING_APP },
  accounts: [
    { code: LIVE, name: "Tidings' own live channel", vendor: 'live', settings: {} },
    ...VENDORS.map((vendor) => ({
      code: vendor,
      name: `Sandbox in place of ${vendor}`,
      vendor: 'sandbox',
      serves: vendor,
      settings: { receipts: { delivered: 1, read: 0, afterMs: 50 } },
    })),
  ],
  channels: [{ code: 'push', name: 'Push', kind: 'push', route: [LIVE, ...VENDORS] }],
  groups: [
    { kind: 'tag', code: 'tag1', name: 'tag1' },
    { kind: 'tag', code: 'tag2', name: 'tag2' },
  ],
  people: [],
};

/** The people with the numbers that the document prints, and their devices. */
export async function seedLanyingPeople(admin: ApiClient): Promise<void> {
  for (const [index, { user, alias, vendors }] of DEVICES.entries()) {
    if ((await admin.find(`/api/v1/recipients/${user}`)) !== undefined) continue;
    const groups = { tags: [`tag${index + 1}`] };
    await admin.post('/api/v1/recipients', { id: String(IDS[index]), code: user, name: user, groups });
    for (const vendor of vendors) {
      const platform = vendor === 'apns' ? 'ios' : 'android';
      const body = { recipient: user, kind: 'push', vendor, platform, address: `${vendor}-token-of-${user}`, alias };
      await admin.post('/api/v1/endpoints', body);
    }
  }
}

interface Reply {
  code: number;
  data: unknown;
  message: string | null;
}
type Counters = Record<string, number>;

/** The caller of the document, with its headers. */
export const lanyingCaller = (baseUrl: string, adminToken: string): ApiClient =>
  new ApiClient(baseUrl, { 'access-token': adminToken, app_id: LANYING_APP });

/** Whether a token of an earlier run still works. */
export async function lanyingTokenWorks(baseUrl: string, token: string): Promise<boolean> {
  const reply = await lanyingCaller(baseUrl, token).post<Reply>('/push/task/detail', { list: [] });
  return reply.code === 200;
}

/** A push to each form of audience; returns the tasks. */
export async function playLanying(api: ApiClient, print: (line: string) => void): Promise<number[]> {
  const tasks: number[] = [];
  for (const { summary, value } of Object.values(NOTIFY_EXAMPLES)) {
    const reply = await api.post<Reply>('/push/notify', value);
    print(`  ${`notify ${JSON.stringify(value.audience)}`.padEnd(52)}${JSON.stringify(reply)}`);
    const taskId = (reply.data as { task_id?: number } | null)?.task_id;
    if (taskId === undefined) throw new Error(`${summary} was refused: ${reply.message ?? reply.code}`);
    tasks.push(taskId);
  }
  return tasks;
}

/** The 24 counters of each task. */
export async function taskDetails(api: ApiClient, tasks: readonly number[]): Promise<Counters[]> {
  return (await api.post<Reply>('/push/task/detail', { list: tasks })).data as Counters[];
}
