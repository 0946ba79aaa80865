import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import type { CountingVendorOptions } from './counting-vendor.js';

/** The built program, wherever this file runs from: the sources, or dist. */
const PROGRAM = new URL(
  import.meta.url.includes('/dist/')
    ? './counting-vendor-program.js'
    : '../../dist/test/support/counting-vendor-program.js',
  import.meta.url,
);

/** The counting vendor in a process of its own, on the same port through all its deaths. */
export class CountingVendorProcess {
  private child: ChildProcess | undefined;
  private port = 0;
  private starts = 0;

  constructor(private readonly options: Omit<CountingVendorOptions, 'port'>) {}

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const seed = this.options.seed;
    // Another seed each time, or it would do the same things over and over.
    const options = { ...this.options, port: this.port, ...(seed !== undefined && { seed: seed + this.starts++ }) };
    const child = fork(PROGRAM, [JSON.stringify(options)], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const failed = once(child, 'exit').then(([code]) => {
      throw new Error(`The counting vendor ended with ${String(code)} before it listened`);
    });
    const [{ port }] = (await Promise.race([once(child, 'message'), failed])) as [{ port: number }];
    failed.catch(() => undefined);
    this.port = port;
    this.child = child;
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  }
}
