import type { MessageDto } from '../../messages/api/message.dto.js';
import { setTimeout as delay } from 'node:timers/promises';
import { ApiClient } from '../api-client.js';
import type { DemoFile } from '../demo-file.js';
import { print } from '../print.js';
import { seedTemplate } from '../seed-channels.js';
import {
  LANYING_APP,
  LANYING_SEED,
  lanyingCaller,
  lanyingTokenWorks,
  playLanying,
  seedLanyingPeople,
  taskDetails,
} from './lanying.js';
import { MOBILEARK, MOBILEARK_SEED, playMobileark } from './mobileark.js';
import { makeToken, seedOrganisation } from './seed-organisation.js';
import { playWorkplus, WORKPLUS, WORKPLUS_SEED, WORKPLUS_TEMPLATE, workplusOutcome } from './workplus.js';

const POLL_MILLISECONDS = 100;

/** What scripts need to call the three dialects. */
export type DialectAccess = Pick<DemoFile, 'mobileark' | 'workplus' | 'lanying'>;

/** Makes an organisation for each of the dialects, holding the codes that its document prints. */
export async function seedDialects(
  baseUrl: string,
  adminKey: string,
  keptToken: string | undefined,
): Promise<DialectAccess> {
  await seedOrganisation(baseUrl, adminKey, MOBILEARK_SEED);
  const workplus = await seedOrganisation(baseUrl, adminKey, WORKPLUS_SEED);
  await seedTemplate(workplus, WORKPLUS_TEMPLATE);
  const lanying = await seedOrganisation(baseUrl, adminKey, LANYING_SEED);
  await seedLanyingPeople(lanying);
  const kept = keptToken !== undefined && (await lanyingTokenWorks(baseUrl, keptToken)) ? keptToken : undefined;
  const adminToken = kept ?? (await makeToken(lanying, LANYING_SEED.application.code));
  return { mobileark: MOBILEARK, workplus: WORKPLUS, lanying: { appId: LANYING_APP, adminToken } };
}

/** The page that shows one of the MobileArk people's inbox as it fills, with a token for a day. */
export async function livePageOf({ baseUrl, adminKey }: DemoFile): Promise<string> {
  const admin = new ApiClient(baseUrl, { authorization: `Bearer ${adminKey}`, 'x-organisation': MOBILEARK.ecid });
  const { token } = await admin.post<{ token: string }>('/api/v1/recipients/zhangsan/live-tokens', {
    expiresInSeconds: 86_400,
  });
  return `${baseUrl}/live#token=${token}`;
}

/** Sends what the documents print and describe, shows the replies, and waits for the deliveries. Returns what is missing, a line each. */
export async function playDialects({ baseUrl, adminKey, lanying }: DemoFile, deadline: number): Promise<string[]> {
  const anonymous = new ApiClient(baseUrl);
  return [
    ...(await mobilearkShortcomings(anonymous, baseUrl, adminKey, deadline)),
    ...(await workplusShortcomings(anonymous, deadline)),
    ...(await lanyingShortcomings(lanyingCaller(baseUrl, lanying.adminToken), deadline)),
  ];
}

async function mobilearkShortcomings(
  api: ApiClient,
  baseUrl: string,
  adminKey: string,
  deadline: number,
): Promise<string[]> {
  print(`\nMobileArk: POST /thirdpartaccess, signed by appKey ${MOBILEARK.appKey}`);
  const sent = await playMobileark(api, print);
  const admin = new ApiClient(baseUrl, { authorization: `Bearer ${adminKey}`, 'x-organisation': MOBILEARK.ecid });
  const missing: string[] = [];
  for (const { title, messageId, deliveries } of sent) {
    const arrived = (): Promise<number> =>
      admin.get<MessageDto>(`/api/v1/messages/${messageId}`).then(({ statistics }) => statistics.sent);
    const found = await waitFor(arrived, deliveries, deadline);
    if (found !== deliveries) missing.push(`MobileArk ${title}: ${deliveries} deliveries expected, ${found} sent`);
  }
  return missing;
}

async function workplusShortcomings(api: ApiClient, deadline: number): Promise<string[]> {
  print('\nWorkPlus: a token, and the requests that the document prints, byte for byte');
  const { sent, token, ids } = await playWorkplus(api, print);
  const missing: string[] = [];
  for (const [index, { title, deliveries }] of sent.entries()) {
    const arrived = async (): Promise<number> => (await workplusOutcome(api, token, ids[index] ?? ''))?.oks ?? 0;
    const found = await waitFor(arrived, deliveries, deadline);
    if (found !== deliveries) missing.push(`WorkPlus ${title}: ${deliveries} deliveries expected, ${found} ok`);
  }
  return missing;
}

async function lanyingShortcomings(api: ApiClient, deadline: number): Promise<string[]> {
  print('\nLanying: a push to each form of audience, and what became of them');
  const tasks = await playLanying(api, print);
  const [all] = tasks;
  const received = async (): Promise<number> => {
    const [counters = {}] = await taskDetails(api, tasks);
    return Object.entries(counters).reduce((sum, [name, value]) => sum + (name.endsWith('_received') ? value : 0), 0);
  };
  const wanted = 7;
  const found = await waitFor(received, wanted, deadline);
  const details = await taskDetails(api, tasks);
  for (const counters of details.slice(0, 1))
    print(`  ${`task/detail of ${all}`.padEnd(52)}${JSON.stringify(counters)}`);
  return found === wanted ? [] : [`Lanying "all": ${wanted} devices expected, ${found} received it`];
}

/** Asks until the answer is as wanted or time is up; returns the last answer. */
async function waitFor(ask: () => Promise<number>, wanted: number, deadline: number): Promise<number> {
  for (;;) {
    const answer = await ask();
    if (answer === wanted || Date.now() > deadline) return answer;
    await delay(POLL_MILLISECONDS);
  }
}
