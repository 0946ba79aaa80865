import type { ImportResultDto } from '../recipients/import/import-result.dto.js';
import type { ApiClient } from './api-client.js';
import { GENERATED_DEPARTMENTS, GENERATED_PEOPLE, generatedCode, generatedPeople } from './generated-people.js';
import { GROUPS, STAFF } from './hospital.js';

/** Makes the groups and the staff that the documents name; what is there stays. */
export async function seedStaff(api: ApiClient): Promise<void> {
  for (const group of [...GROUPS, ...GENERATED_DEPARTMENTS]) {
    const known = await api.find(`/api/v1/groups/${group.kind}/${group.code}`);
    if (known === undefined) await api.post('/api/v1/groups', group);
  }
  await importPeople(api, STAFF);
}

/** Whether an earlier demo in this folder imported the generated people to the last. */
export async function hasGeneratedPeople(api: ApiClient): Promise<boolean> {
  return (await api.find(`/api/v1/recipients/${generatedCode(GENERATED_PEOPLE)}`)) !== undefined;
}

/** Imports the generated people in one stream. */
export function seedGeneratedPeople(api: ApiClient, onProgress: (done: number) => void): Promise<void> {
  return importPeople(api, generatedPeople(), onProgress);
}

/** Imports people in one stream. @throws when a line is refused */
export async function importPeople(
  api: ApiClient,
  people: Iterable<object>,
  onProgress: (done: number) => void = () => undefined,
): Promise<void> {
  let done = 0;
  for await (const result of api.postLines<ImportResultDto>('/api/v1/recipients/import', people)) {
    if (result.status === 'failed') {
      const why = result.errors.map(({ path, message }) => `${path} ${message}`.trim()).join('; ');
      throw new Error(`The import refused line ${result.line} (${result.code ?? 'no code'}): ${why}`);
    }
    onProgress(++done);
  }
}
