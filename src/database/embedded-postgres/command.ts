import { spawn, type SpawnOptions } from 'node:child_process';
import type { RunAs } from './run-as.js';

/**
 * The whole environment of every program started here. Tidings' own is not passed on: it holds secrets, and a stray PGDATA or
 * PGPORT would change what PostgreSQL does. The C locale keeps the log lines we wait for in English.
 */
const ENVIRONMENT = { PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', LC_ALL: 'C', TZ: 'UTC' };

export interface CommandResult {
  /** null when the program could not be started or was ended by a signal. */
  code: number | null;
  /** Standard output and standard error, in the order they came. */
  output: string;
}

/** Command and arguments that run `program` the way `runAs` asks. */
export function commandLine(runAs: RunAs, program: string, args: readonly string[]): [string, string[]] {
  const [command = program, ...rest] = [...runAs.prefix, program, ...args];
  return [command, rest];
}

export function spawnOptions(runAs: RunAs): SpawnOptions {
  // The working directory of Tidings may be one that the server's user cannot enter.
  return { uid: runAs.uid, gid: runAs.gid, env: ENVIRONMENT, cwd: '/' };
}

/** Runs a program to its end. A program that is missing or fails is a result, not an exception. */
export function runCommand(
  program: string,
  args: readonly string[],
  runAs: RunAs = { prefix: [] },
): Promise<CommandResult> {
  return new Promise<CommandResult>((resolve) => {
    const child = spawn(...commandLine(runAs, program, args), {
      ...spawnOptions(runAs),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    const collect = (chunk: Buffer): void => {
      output += chunk.toString();
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    child.on('error', (error) => resolve({ code: null, output: error.message }));
    child.on('close', (code) => resolve({ code, output }));
    // Where even the change of user is forbidden, spawn itself throws.
  }).catch((error: unknown) => ({ code: null, output: String(error) }));
}
