import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';
import { pause } from './pause.js';

/** The built program, wherever this file runs from: the sources, or dist. */
const MAIN = fileURLToPath(
  new URL(import.meta.url.includes('/dist/') ? '../../src/main.js' : '../../dist/src/main.js', import.meta.url),
);

/** Patience with a machine that has much else to do. */
const READY_MILLISECONDS = 180_000;

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('No free port');
  return address.port;
}

/** A Tidings process of its own, as an operator runs it. */
export class ServerProcess {
  private constructor(
    private readonly child: ChildProcess,
    readonly url: string,
    private readonly adminKey: string,
    private readonly output: () => string,
    private readonly spawned: number,
  ) {}

  private answered = 0;

  /** Starts the built program with this environment and waits until it is ready. Reading source maps takes a tenth of a start. */
  static async start(
    environment: Record<string, string>,
    adminKey: string,
    flags: readonly string[] = ['--enable-source-maps'],
  ): Promise<ServerProcess> {
    const port = await freePort();
    const spawned = performance.now();
    const child = spawn(process.execPath, [...flags, MAIN], {
      env: {
        PATH: process.env['PATH'],
        PORT: String(port),
        HOST: '127.0.0.1',
        LOG_LEVEL: 'warn',
        ADMIN_API_KEY: adminKey,
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (data: Buffer) => (output = (output + data.toString()).slice(-20_000)));
    child.stderr.on('data', (data: Buffer) => (output = (output + data.toString()).slice(-20_000)));
    const server = new ServerProcess(child, `http://127.0.0.1:${port}`, adminKey, () => output, spawned);
    // Whoever started it may end before it is ready, or give up waiting; it must not go on by itself.
    const abandon = (): void => void child.kill('SIGKILL');
    process.on('exit', abandon);
    child.once('exit', () => process.off('exit', abandon));
    try {
      await server.ready();
    } catch (error) {
      await server.kill();
      throw error;
    }
    return server;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  get log(): string {
    return this.output();
  }

  /** Throws when it has ended by itself, so that whoever waits for its work does not wait for ever. */
  assertRunning(): void {
    if (this.child.exitCode === null && this.child.signalCode === null) return;
    throw new Error(`Tidings ended with ${this.child.exitCode ?? this.child.signalCode}:\n${this.log}`);
  }

  /** Milliseconds from spawn to the first answered request. */
  get startedIn(): number {
    return this.answered - this.spawned;
  }

  /** Calls the API, with the admin key unless another is given, and throws on any answer but a success. */
  async call<T>(
    method: string,
    path: string,
    body?: unknown,
    organisation?: string,
    key: string = this.adminKey,
  ): Promise<T> {
    const response = await fetch(this.url + path, {
      method,
      headers: {
        authorization: `Bearer ${key}`,
        ...(organisation === undefined ? {} : { 'x-organisation': organisation }),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }

  /** Ends it as a power cut would. */
  async kill(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }

  /** Ends it as an operator would, and returns the exit code. */
  async stop(): Promise<number | null> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return this.child.exitCode;
    const gone = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await gone;
    return this.child.exitCode;
  }

  /** Peak resident memory so far, in MiB (Linux). */
  async peakMemory(): Promise<number> {
    const status = await readFile(`/proc/${this.pid}/status`, 'utf8');
    return Number(/VmHWM:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1024;
  }

  /** CPU seconds used so far (Linux). */
  async cpuSeconds(): Promise<number> {
    const stat = await readFile(`/proc/${this.pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  }

  private async ready(): Promise<void> {
    const end = Date.now() + READY_MILLISECONDS;
    while (Date.now() < end) {
      if (this.child.exitCode !== null) throw new Error(`Tidings ended with ${this.child.exitCode}:\n${this.log}`);
      try {
        if ((await fetch(`${this.url}/health/ready`)).ok) {
          this.answered = performance.now();
          return;
        }
      } catch {
        // Not listening yet.
      }
      await pause(20);
    }
    throw new Error(`Tidings does not become ready:\n${this.log}`);
  }
}
