import { readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What scripts need to go on from a running demo; `DATA_DIR/demo.json`. */
export interface DemoFile {
  /** Where the API is served, without a slash at the end. */
  baseUrl: string;
  adminKey: string;
  /** Code of the organisation. */
  organisation: string;
  /** `apiKey` has every scope. */
  application: { id: string; code: string; apiKey: string };
  mediway: { appId: string };
  mobileark: { appKey: string; secret: string; ecid: string };
  workplus: { domainId: string; orgId: string; clientId: string; clientSecret: string };
  lanying: { appId: string; adminToken: string };
}

const pathIn = (dataDir: string): string => join(dataDir, 'demo.json');

/** Keys that an earlier demo in this folder made. */
export interface KeptKeys {
  apiKey?: string;
  lanyingToken?: string;
}

/**
 * The keys that an earlier demo in this folder made. Takes the file away, so that whoever waits for it never reads of an earlier
 * run; only for whom the folder belongs to.
 */
export async function takeKeptKeys(dataDir: string): Promise<KeptKeys> {
  try {
    const kept = JSON.parse(await readFile(pathIn(dataDir), 'utf8')) as Partial<DemoFile>;
    return { apiKey: kept.application?.apiKey, lanyingToken: kept.lanying?.adminToken };
  } catch {
    // None there, or cut short: new keys are made.
    return {};
  } finally {
    await rm(pathIn(dataDir), { force: true });
  }
}

/** Appears at once and whole; it holds keys, so only its owner may read it. */
export async function writeDemoFile(dataDir: string, content: DemoFile): Promise<string> {
  const path = pathIn(dataDir);
  await writeFile(`${path}.new`, `${JSON.stringify(content, null, 2)}\n`, { mode: 0o600 });
  await rename(`${path}.new`, path);
  return path;
}
