import type { VendorAccountDto } from '../../channels/vendor-account.dto.js';
import type { ApiClient } from '../api-client.js';
import { makeToken, type OrganisationSeed, seedOrganisation } from '../dialects/seed-organisation.js';
import type { VendorSimulators } from './vendor-simulators.js';

export const VENDORS_ORGANISATION = 'vendors';
export const VENDORS_APP = 'vendors-demo';
export const PUSH_CHANNEL = 'push';
const LIVE = 'live';
const DEVICE = 'device-of-the-demo';

/** In the order of a push's route: a connected device first. */
export const PUSH_VENDORS = [
  'apns',
  'fcm',
  'huawei',
  'harmony',
  'honor',
  'xiaomi',
  'oppo',
  'vivo',
  'meizu',
  'webpush',
] as const;
export const SMS_VENDORS = ['aliyun-sms', 'tencent-sms', 'twilio', 'http-sms'] as const;
export const CHAT_VENDORS = ['dingtalk', 'wecom', 'wecom-robot', 'feishu', 'slack', 'teams'] as const;
const OUTSIDE = [...PUSH_VENDORS, ...SMS_VENDORS, ...CHAT_VENDORS];

/** Under this name pushes carry the tag of their message, so that apps of vendors without receipts can confirm them. */
const TAG_KEY = 'tidings';
const CONFIRMED_BY_APPS: ReadonlySet<string> = new Set(['apns', 'fcm']);

const PEOPLE = ['user111', 'user222'] as const;

function seedOf(simulators: VendorSimulators): OrganisationSeed {
  const settingsOf = (vendor: string): object => ({
    ...simulators.vendors[vendor]?.settings,
    ...(CONFIRMED_BY_APPS.has(vendor) ? { tagKey: TAG_KEY } : {}),
  });
  return {
    organisation: { code: VENDORS_ORGANISATION, name: 'Vendors demo', locale: 'zh-CN', timeZone: 'Asia/Shanghai' },
    application: { code: 'vendors', name: 'Caller of the vendors', settings: { lanying: {} } },
    credential: { kind: 'app-id', publicId: VENDORS_APP },
    accounts: [
      { code: LIVE, name: "Tidings' own live channel", vendor: LIVE, settings: {} },
      ...OUTSIDE.map((vendor) => ({
        code: vendor,
        name: `Simulator of ${vendor}`,
        vendor,
        settings: settingsOf(vendor),
      })),
    ],
    channels: [
      { code: PUSH_CHANNEL, name: 'Push', kind: 'push', route: [LIVE, ...PUSH_VENDORS] },
      ...SMS_VENDORS.map((code) => ({ code, name: code, kind: 'sms', route: [code] })),
      ...CHAT_VENDORS.map((code) => ({ code, name: code, kind: 'chat', route: [code] })),
    ],
    groups: [],
    people: [],
  };
}

/** Makes the organisation, or gives its accounts the addresses of the simulators of this run. Returns a client and a Lanying token. */
export async function seedVendors(
  baseUrl: string,
  adminKey: string,
  simulators: VendorSimulators,
): Promise<{ admin: ApiClient; token: string }> {
  const seed = seedOf(simulators);
  const admin = await seedOrganisation(baseUrl, adminKey, seed);
  const receiptUrls: Record<string, string> = {};
  for (const { code, settings } of seed.accounts) {
    const account = await admin.patch<VendorAccountDto>(`/api/v1/vendor-accounts/${code}`, { settings });
    if (account.receiptUrl !== null) receiptUrls[code] = new URL(account.receiptUrl, baseUrl).href;
  }
  await seedDevices(admin, simulators);
  const { token: live } = await admin.post<{ token: string }>(`/api/v1/recipients/${PEOPLE[0]}/live-tokens`, {
    device: DEVICE,
    expiresInSeconds: 86_400,
  });
  await simulators.tell({ receiptUrls, device: { url: baseUrl, token: live } });
  return { admin, token: await makeToken(admin, seed.application.code) };
}

async function seedDevices(admin: ApiClient, simulators: VendorSimulators): Promise<void> {
  for (const [index, code] of PEOPLE.entries()) {
    const known = await admin.find(`/api/v1/recipients/${code}`);
    if (known === undefined) await admin.post('/api/v1/recipients', { code, name: code });
    for (const vendor of PUSH_VENDORS) {
      const address = simulators.vendors[vendor]?.addresses[index];
      const platform = vendor === 'apns' ? 'ios' : vendor === 'webpush' ? 'web' : 'android';
      await admin.post('/api/v1/endpoints', { recipient: code, kind: 'push', vendor, platform, address });
    }
  }
}
