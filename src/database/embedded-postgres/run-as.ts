import { platform } from 'node:os';
import { dirname } from 'node:path';
import type { Binaries } from './binaries.js';
import { runCommand } from './command.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { findServerUser, type ServerUser } from './server-user.js';

/** How PostgreSQL's programs are started, since they refuse to run as root. */
export interface RunAs {
  /** Program and arguments put before the command; they replace themselves by it, so the process id stays the same. */
  prefix: readonly string[];
  uid?: number;
  gid?: number;
  /** Who must own the data folder; left out where that is simply whoever runs Tidings. */
  owner?: ServerUser;
}

/**
 * Chooses how to start PostgreSQL. Not root: as ourselves. Root: as the user `postgres`, plainly where that user can reach the
 * programs and the data folder. It cannot when either lies below a folder that only root may enter (a checkout in /root or in
 * a `mktemp -d`); then it is started in a way that lets it pass.
 */
export async function chooseRunAs(binaries: Binaries, dataDir: string): Promise<RunAs> {
  if (process.getuid?.() !== 0) return { prefix: [] };
  const user = await findServerUser();
  const failures: string[] = [];
  for (const runAs of waysFor(user)) {
    const failure = await whyUnreachable(runAs, binaries, dataDir);
    if (failure === undefined) return runAs;
    failures.push(`${runAs.prefix[0] ?? `user ${user.uid}`}: ${failure}`);
  }
  throw new EmbeddedPostgresError(
    `PostgreSQL refuses to run as root, and the user it would run as (uid ${user.uid}) cannot reach ${binaries.postgres} and ` +
      `${dataDir} (${failures.join('; ')}). Move Tidings and DATA_DIR to folders that every user may enter ` +
      '(chmod o+x on their parents), run Tidings as another user than root, or set DATABASE_URL to use your own server.',
  );
}

/** From the least to the most unusual. */
function* waysFor(user: ServerUser): Generator<RunAs> {
  yield { prefix: [], uid: user.uid, gid: user.gid, owner: user };
  if (platform() !== 'linux') return;
  // dac_read_search (enter and read any folder) is enough and the smaller right, but Docker does not give it by default.
  for (const capability of ['dac_read_search', 'dac_override']) {
    yield { prefix: setpriv(user, capability), owner: user };
  }
  // A user namespace in which root's own files belong to the mapped user; Docker forbids it by default.
  const mapping = [`--map-user=${user.uid}`, `--map-group=${user.gid}`];
  yield { prefix: ['unshare', '--user', ...mapping], owner: { uid: 0, gid: 0 } };
}

function setpriv(user: ServerUser, capability: string): string[] {
  const identity = ['--reuid', String(user.uid), '--regid', String(user.gid), '--clear-groups'];
  const rights = ['--inh-caps', `+${capability}`, '--ambient-caps', `+${capability}`];
  // Without no_setuid_fixup the access(2) calls that PostgreSQL checks its own programs with leave the capability out.
  return ['setpriv', ...identity, ...rights, '--securebits', '+no_setuid_fixup'];
}

/** Tries it out: enters the data folder and lets initdb find its companion programs. */
async function whyUnreachable(runAs: RunAs, binaries: Binaries, dataDir: string): Promise<string | undefined> {
  const script = 'cd "$1" && exec "$2" --show --pgdata="$1/postgres"';
  const { code, output } = await runCommand('/bin/sh', ['-c', script, 'sh', dataDir, binaries.initdb], runAs);
  if (code === 0) return undefined;
  return output.trim().split('\n')[0]?.replace(dirname(binaries.initdb), '…') || `exit code ${code}`;
}
