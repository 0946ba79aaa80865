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
}

const pathIn = (dataDir: string): string => join(dataDir, 'demo.json');

/**
 * The key that an earlier demo in this folder made. Takes the file away, so that whoever waits for it never reads of an earlier
 * run; only for whom the folder belongs to.
 */
export async function takeKeptKey(dataDir: string): Promise<string | undefined> {
  try {
    const kept = JSON.parse(await readFile(pathIn(dataDir), 'utf8')) as Partial<DemoFile>;
    return kept.application?.apiKey;
  } catch {
    // None there, or cut short: a new key is made.
    return undefined;
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
