import type { CreatedCredentialDto, CredentialPageDto } from '../../access/credential.dto.js';
import { ApiClient } from '../api-client.js';
import { importPeople } from '../seed-directory.js';

/** What an organisation of the demo is made of; each thing is made where it is not there yet. */
export interface OrganisationSeed {
  organisation: { code: string; name: string; locale: string; timeZone: string };
  application: { code: string; name: string; settings: Record<string, unknown> };
  credential: { kind: 'app-id' | 'app-secret' | 'client-secret'; publicId: string; secret?: string };
  accounts: readonly { code: string; name: string; vendor: string; settings: object; serves?: string }[];
  channels: readonly { code: string; name: string; kind: string; route?: readonly string[] }[];
  /** Parents stand before their children. */
  groups: readonly { kind: string; code: string; name: string; parent?: string }[];
  /** Lines of an import. */
  people: readonly object[];
}

/** Makes the organisation; returns a client that acts in it with the admin key. */
export async function seedOrganisation(baseUrl: string, adminKey: string, seed: OrganisationSeed): Promise<ApiClient> {
  const { organisation, application, accounts, channels, groups, people } = seed;
  const admin = new ApiClient(baseUrl, { authorization: `Bearer ${adminKey}`, 'x-organisation': organisation.code });
  const make = async (list: string, key: string, body: object): Promise<void> => {
    if ((await admin.find(`/api/v1/${list}/${key}`)) === undefined) await admin.post(`/api/v1/${list}`, body);
  };
  await make('organisations', organisation.code, organisation);
  await make('applications', application.code, application);
  await seedCredential(admin, seed);
  for (const account of accounts) await make('vendor-accounts', account.code, account);
  for (const channel of channels) await make('channels', channel.code, channel);
  for (const group of groups) {
    if ((await admin.find(`/api/v1/groups/${group.kind}/${group.code}`)) === undefined)
      await admin.post('/api/v1/groups', group);
  }
  if (people.length > 0) await importPeople(admin, people);
  return admin;
}

/** Makes an access token of the application. */
export async function makeToken(admin: ApiClient, application: string): Promise<string> {
  const path = `/api/v1/applications/${application}/credentials`;
  const { secret } = await admin.post<CreatedCredentialDto>(path, { kind: 'access-token', name: 'demo' });
  if (secret === null) throw new Error('The API made a token without a secret.');
  return secret;
}

async function seedCredential(admin: ApiClient, { application, credential }: OrganisationSeed): Promise<void> {
  const path = `/api/v1/applications/${application.code}/credentials`;
  const { items } = await admin.get<CredentialPageDto>(`${path}?limit=200`);
  const known = items.some(({ publicId, revokedAt }) => publicId === credential.publicId && revokedAt === null);
  if (!known) await admin.post(path, credential);
}
