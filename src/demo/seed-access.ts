import type { ApplicationDto } from '../access/application.dto.js';
import type { CreatedCredentialDto, CredentialPageDto } from '../access/credential.dto.js';
import type { OrganisationDto } from '../access/organisation.dto.js';
import { SCOPES } from '../access/principal.js';
import { ApiClient, ApiError } from './api-client.js';
import { APPLICATION, HOSPITAL } from './hospital.js';

export interface SeededApplication {
  id: string;
  code: string;
  apiKey: string;
}

/** Makes the organisation and its application, where they are not there yet, and a key of every scope unless `keptKey` still works. */
export async function seedAccess(
  baseUrl: string,
  adminKey: string,
  keptKey: string | undefined,
): Promise<SeededApplication> {
  const admin = new ApiClient(baseUrl, { authorization: `Bearer ${adminKey}`, 'x-organisation': HOSPITAL.code });
  const organisation = await admin.find<OrganisationDto>(`/api/v1/organisations/${HOSPITAL.code}`);
  if (organisation === undefined) await admin.post('/api/v1/organisations', HOSPITAL);
  const path = `/api/v1/applications/${APPLICATION.code}`;
  const application =
    (await admin.find<ApplicationDto>(path)) ?? (await admin.post<ApplicationDto>('/api/v1/applications', APPLICATION));
  await seedAppId(admin, `${path}/credentials`);
  const apiKey =
    keptKey !== undefined && (await works(baseUrl, keptKey)) ? keptKey : await makeKey(admin, `${path}/credentials`);
  return { id: application.id, code: application.code, apiKey };
}

/** The public id by which callers of the Mediway API name the application. */
async function seedAppId(admin: ApiClient, path: string): Promise<void> {
  const { items } = await admin.get<CredentialPageDto>(`${path}?limit=200`);
  const known = items.some(({ publicId, revokedAt }) => publicId === APPLICATION.code && revokedAt === null);
  if (!known) await admin.post(path, { kind: 'app-id', publicId: APPLICATION.code, name: 'Mediway appId' });
}

async function works(baseUrl: string, key: string): Promise<boolean> {
  try {
    await new ApiClient(baseUrl, { authorization: `Bearer ${key}` }).get(`/api/v1/applications/${APPLICATION.code}`);
    return true;
  } catch (error) {
    if (error instanceof ApiError) return false;
    throw error;
  }
}

async function makeKey(admin: ApiClient, path: string): Promise<string> {
  const made = await admin.post<CreatedCredentialDto>(path, { kind: 'api-key', name: 'demo', scopes: SCOPES });
  if (made.secret === null) throw new Error('The API made a key without a secret.');
  return made.secret;
}
