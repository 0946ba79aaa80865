import { runCommand } from './command.js';

export interface ServerUser {
  uid: number;
  gid: number;
}

/** `nobody` on practically every Linux; the last resort where no user can be added, as on a read-only root file system. */
const NOBODY: ServerUser = { uid: 65534, gid: 65534 };

/** The user that PostgreSQL runs as when Tidings runs as root: `postgres`, which is added to the system when missing. */
export async function findServerUser(): Promise<ServerUser> {
  const known = await lookUp('postgres');
  if (known) return known;
  await runCommand('groupadd', ['--system', 'postgres']);
  await runCommand('useradd', ['--system', '--gid', 'postgres', '--no-create-home', 'postgres']);
  return (await lookUp('postgres')) ?? NOBODY;
}

async function lookUp(name: string): Promise<ServerUser | undefined> {
  const [user, group] = await Promise.all([runCommand('id', ['-u', name]), runCommand('id', ['-g', name])]);
  if (user.code !== 0 || group.code !== 0) return undefined;
  return { uid: Number(user.output), gid: Number(group.output) };
}
