import { readFile } from 'node:fs/promises';
import { platform } from 'node:os';
import { runCommand } from './command.js';

/** Whether a process runs. A killed one that its parent has not yet taken note of (a zombie) does not. */
export async function isRunning(pid: number): Promise<boolean> {
  const [state] = await statOf(pid);
  if (state !== undefined) return state !== 'Z' && state !== 'X';
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, and belongs to someone else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * When a process started, as a text that is only good for comparing: ids are used again, above all in containers, where the
 * first process is always 1. undefined where the system does not tell (no /proc) or the process is gone.
 */
export async function startOf(pid: number): Promise<string | undefined> {
  const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8').catch(() => '');
  const ticks = (await statOf(pid))[19];
  return ticks === undefined ? undefined : `${boot.trim()}/${ticks}`;
}

/** The fields of proc(5) from the third on: the state, …; none where the process is gone or there is no /proc. */
async function statOf(pid: number): Promise<string[]> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // The name in the second field may itself hold blanks and brackets, so count from its end.
  return stat === '' ? [] : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
}

/** Program and arguments of a process, parted by blanks; empty when it does not run. */
export async function commandOf(pid: number): Promise<string> {
  if (platform() !== 'linux') return (await runCommand('ps', ['-ww', '-o', 'command=', '-p', String(pid)])).output;
  const text = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return text.replaceAll('\0', ' ');
}
