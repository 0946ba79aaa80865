import { spawn, type ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Binaries } from './binaries.js';
import { commandLine, spawnOptions } from './command.js';
import type { RunAs } from './run-as.js';
import { serverArguments } from './server-settings.js';

/** After this a stop stops waiting for a clean shutdown; what is not yet on disk is recovered from the log at the next start. */
const SHUTDOWN_MILLISECONDS = 60_000;

const LINES_KEPT = 20;

export interface ServerOptions {
  folder: string;
  port: number;
  binaries: Binaries;
  runAs: RunAs;
  durable: boolean;
  log: (line: string) => void;
}

/** One run of the `postgres` program. */
export class ServerProcess {
  /** Resolves when the process is gone, for whatever reason. */
  readonly ended: Promise<void>;
  private readonly child: ChildProcess;
  private readonly lines: string[] = [];
  private running = true;
  private stopping = false;

  constructor(private readonly options: ServerOptions) {
    const args = serverArguments(options.folder, options.port, options.durable);
    this.child = spawn(...commandLine(options.runAs, options.binaries.postgres, args), {
      ...spawnOptions(options.runAs),
      // A process group of its own: Ctrl-C in the terminal must reach Tidings alone, which then stops the server in good order.
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    process.on('exit', this.interrupt);
    this.ended = new Promise((resolve) => {
      this.child.on('error', (error) => this.end(error.message, resolve));
      this.child.on('close', (code, signal) => this.end(`exit ${signal ?? code}`, resolve));
    });
  }

  /** undefined once the server takes connections; its last log lines when it ended instead. Recovery may take minutes. */
  async start(): Promise<readonly string[] | undefined> {
    const ready = new Promise<true>((resolve) => {
      if (!this.child.stderr) return;
      createInterface({ input: this.child.stderr }).on('line', (line) => {
        this.note(line);
        if (line.includes('database system is ready to accept connections')) resolve(true);
      });
    });
    if ((await Promise.race([ready, this.ended])) !== true) return this.lines;
    // A program that forgets to stop the server may still come to its end, and stops it by that.
    this.child.unref();
    if (this.child.stderr instanceof Socket) this.child.stderr.unref();
    return undefined;
  }

  /** Ends all sessions, writes everything to disk and waits for the end of the process. */
  async stop(): Promise<void> {
    if (!this.running) return;
    this.child.ref();
    this.interrupt();
    // SIGQUIT gives up on a clean shutdown.
    const patience = setTimeout(() => this.child.kill('SIGQUIT'), SHUTDOWN_MILLISECONDS);
    await this.ended;
    clearTimeout(patience);
  }

  private readonly interrupt = (): void => {
    this.stopping = true;
    this.child.kill('SIGINT');
  };

  private end(reason: string, resolve: () => void): void {
    this.running = false;
    process.off('exit', this.interrupt);
    if (!this.stopping) this.note(`the server ended by itself (${reason})`);
    resolve();
  }

  private note(line: string): void {
    this.lines.push(line);
    if (this.lines.length > LINES_KEPT) this.lines.shift();
    this.options.log(line);
  }
}
