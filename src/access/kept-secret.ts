import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Reads a secret kept in the data folder, or makes it on first use; only the owner may read the file. */
export function keptSecret(
  dataDir: string,
  name: string,
  make: () => string,
): { value: string; path: string; made: boolean } {
  const path = join(dataDir, name);
  if (existsSync(path)) return { value: readFileSync(path, 'utf8').trim(), path, made: false };
  const value = make();
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, `${value}\n`, { mode: 0o600 });
  chmodSync(path, 0o600);
  return { value, path, made: true };
}
