import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from '@jest/globals';
import { commandOf, isRunning, startOf } from './process-info.js';

describe('a process', () => {
  it('is known while it runs: when it started and what it is', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 60_000)']);
    await once(child, 'spawn');
    const pid = child.pid ?? 0;
    expect(await isRunning(pid)).toBe(true);
    expect(await commandOf(pid)).toContain('setInterval');
    expect(await startOf(pid)).toBe(await startOf(pid));
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(await isRunning(pid)).toBe(false);
    expect(await startOf(pid)).toBeUndefined();
  });

  (process.platform === 'linux' ? it : it.skip)('is not running when only its exit status is left', async () => {
    // The shell becomes a sleep, which never asks for the status of the child it was given.
    const parent = spawn('/bin/sh', ['-c', 'sh -c "echo \\$\\$" & exec sleep 60'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const [line] = (await once(parent.stdout, 'data')) as [Buffer];
    const pid = Number(line.toString());
    const deadline = Date.now() + 5000;
    while ((await isRunning(pid)) && Date.now() < deadline);
    expect(() => process.kill(pid, 0)).not.toThrow();
    expect(await isRunning(pid)).toBe(false);
    parent.kill('SIGKILL');
  });
});
