import type { ChannelDto } from '../channels/channel.dto.js';
import type { VendorAccountDto } from '../channels/vendor-account.dto.js';
import type { TemplateDetailDto } from '../templates/template.dto.js';
import type { ApiClient } from './api-client.js';
import { INBOX_CHANNEL, MAIL_CHANNEL, SMS_CHANNEL, TEMPLATE } from './hospital.js';

/** The account whose journal holds every SMS of the demo. */
export const SANDBOX_ACCOUNT = 'sandbox';
const MAIL_ACCOUNT = 'local-mail';

const CHANNELS = [
  { code: SMS_CHANNEL, name: 'SMS', kind: 'sms', route: [SANDBOX_ACCOUNT] },
  { code: INBOX_CHANNEL, name: 'Inbox', kind: 'inbox' },
  { code: MAIL_CHANNEL, name: 'E-mail', kind: 'email', route: [MAIL_ACCOUNT] },
];

/** Makes vendor accounts, channels and the template, where they are not there yet; mails go to `mailPort` from now on. */
export async function seedChannels(api: ApiClient, mailPort: number): Promise<void> {
  await seedAccount(api, SANDBOX_ACCOUNT, {
    name: 'Sandbox: takes every SMS and sends none',
    vendor: 'sandbox',
    settings: { receipts: { delivered: 1, read: 0, afterMs: 50 } },
  });
  const mail = { host: '127.0.0.1', port: mailPort, ignoreTLS: true, from: 'Tidings demo <hospital@example.test>' };
  const known = await seedAccount(api, MAIL_ACCOUNT, {
    name: "The demo's own mail server",
    vendor: 'smtp',
    settings: mail,
  });
  if (known) await api.patch(`/api/v1/vendor-accounts/${MAIL_ACCOUNT}`, { settings: mail });
  for (const channel of CHANNELS) {
    const known = await api.find<ChannelDto>(`/api/v1/channels/${channel.code}`);
    if (known === undefined) await api.post('/api/v1/channels', channel);
  }
  await seedTemplate(api, TEMPLATE);
}

/** Whether the account was there before. */
async function seedAccount(api: ApiClient, code: string, account: object): Promise<boolean> {
  const known = await api.find<VendorAccountDto>(`/api/v1/vendor-accounts/${code}`);
  if (known === undefined) await api.post('/api/v1/vendor-accounts', { code, ...account });
  return known !== undefined;
}

/** Makes and publishes a template, where it is not there yet. */
export async function seedTemplate(api: ApiClient, wanted: { code: string }): Promise<void> {
  const path = `/api/v1/templates/${wanted.code}`;
  const template =
    (await api.find<TemplateDetailDto>(path)) ?? (await api.post<TemplateDetailDto>('/api/v1/templates', wanted));
  if (template.publishedVersion !== null) return;
  const version = template.draftVersion ?? template.versions[0]?.version;
  if (version !== undefined) await api.post(`${path}/versions/${version}/publish`);
}
