import { pause } from '../support/pause.js';
import { ServerProcess } from '../support/server-process.js';
import type { Downtime } from './downtime.js';

const ADMIN_KEY = 'admin-key-of-the-chaos';
/** Patience with a busy machine. */
const START_MILLISECONDS = 300_000;

/** A place for one Tidings process, which comes back whenever it was killed. */
class Post {
  /** Absent while it is down. */
  process: ServerProcess | undefined;
  /** What its present process calls its database sessions. */
  sessions = '';
  private starts = 0;

  constructor(
    readonly name: string,
    private readonly environment: Record<string, string>,
  ) {}

  /** A start may fail while the database is away; it is tried again. */
  async start(): Promise<void> {
    for (const end = Date.now() + START_MILLISECONDS; ;) {
      this.sessions = `${this.name}-${++this.starts}`;
      try {
        this.process = await ServerProcess.start({ ...this.environment, PGAPPNAME: this.sessions }, ADMIN_KEY, []);
        return;
      } catch (error) {
        if (Date.now() > end) throw error;
        await pause(200);
      }
    }
  }
}

export interface CrewOptions {
  databaseUrl: string;
  dataDir: string;
  /** Learns when no worker was up. */
  downtime: Downtime;
}

/** The processes of one installation: one that takes requests, and workers. */
export class Crew {
  readonly api: Post;
  readonly workers: Post[] = [];
  /** Peak resident memory in MiB of each worker process there was, by the name of its sessions. */
  readonly peaks = new Map<string, number>();
  /** Lines of logs that tell of trouble with the database. */
  readonly warnings = { renewalsFailed: 0, recordsWaited: 0 };
  /** Lines of logs that only a bug writes. */
  readonly complaints: string[] = [];
  private readonly starting = new Set<Promise<unknown>>();
  private readonly environment: Record<string, string>;
  private readonly downtime: Downtime;
  private unattendedSince: number | undefined;

  constructor({ databaseUrl, dataDir, downtime }: CrewOptions) {
    this.downtime = downtime;
    this.environment = { DATABASE_URL: databaseUrl, DATA_DIR: dataDir, SECRETS_KEY: 'c0'.repeat(32) };
    this.api = new Post('chaos-api', { ...this.environment, ROLES: 'api' });
  }

  /** Starts workers until there are so many. */
  async grow(count: number): Promise<void> {
    const added: Post[] = [];
    while (this.workers.length < count) {
      const post = new Post(`chaos-worker-${this.workers.length + 1}`, {
        ...this.environment,
        ROLES: 'worker,scheduler',
        DATABASE_POOL_SIZE: '8',
      });
      this.workers.push(post);
      added.push(post);
    }
    await Promise.all(added.map((post) => post.start()));
  }

  get workersUp(): Post[] {
    return this.workers.filter(({ process }) => process !== undefined);
  }

  /** SIGKILL. Returns the names of the sessions that die with it. */
  async kill(posts: Post[]): Promise<string[]> {
    await this.sampleMemory();
    const dying = posts.filter(({ process }) => process !== undefined);
    const names = dying.map(({ sessions }) => sessions);
    const at = Date.now();
    await Promise.all(
      dying.map(async (post) => {
        const { process } = post;
        post.process = undefined;
        if (process !== undefined && !isRunning(process.pid)) this.complaints.push(`${post.name} ended by itself`);
        await process?.kill();
        this.read(process?.log ?? '');
      }),
    );
    if (this.workersUp.length === 0) this.unattendedSince ??= at;
    return names;
  }

  /** Brings killed ones back, without waiting for them. */
  restart(posts: Post[]): void {
    for (const post of posts) {
      const start = post
        .start()
        .then(() => this.attended())
        .catch((error: unknown) => this.complaints.push(`${post.name} does not come back: ${String(error)}`))
        .finally(() => this.starting.delete(start));
      this.starting.add(start);
    }
  }

  private read(log: string): void {
    const count = (words: string): number => log.split(words).length - 1;
    this.warnings.renewalsFailed += count('could not be renewed');
    this.warnings.recordsWaited += count('Recording waits');
    this.complaints.push(...complaintsOf(log));
  }

  private attended(): void {
    if (this.unattendedSince === undefined || this.workersUp.length === 0) return;
    this.downtime.add(this.unattendedSince, Date.now());
    this.unattendedSince = undefined;
  }

  /** Resolves when all that were brought back are there. */
  async complete(): Promise<void> {
    while (this.starting.size > 0) await Promise.all(this.starting);
  }

  /** The system keeps the peak itself, so the last look at a process, just before its death, tells all. */
  async sampleMemory(): Promise<void> {
    for (const { process, sessions } of this.workersUp) {
      // Its file is gone when it has just ended by itself.
      const size = await process?.peakMemory().catch(() => undefined);
      if (size !== undefined) this.peaks.set(sessions, size);
    }
  }

  /** Calls the API, and again while its process or the database is away; `body` must be safe to repeat. */
  async call<T>(method: string, path: string, body?: unknown, organisation?: string): Promise<T> {
    for (const end = Date.now() + START_MILLISECONDS; ;) {
      try {
        if (this.api.process === undefined) throw new Error('The API is down');
        return await this.api.process.call<T>(method, `/api/v1/${path}`, body, organisation);
      } catch (error) {
        const refused = /: 4\d\d /.test((error as Error).message);
        if (refused || Date.now() > end) throw error;
        await pause(50);
      }
    }
  }

  async end(): Promise<void> {
    await Promise.allSettled(this.starting);
    await this.kill([this.api, ...this.workers]);
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

function complaintsOf(log: string): string[] {
  return log.split('\n').filter((line) => /Vendor \S+ threw|TypeError|ReferenceError|uncaught/i.test(line));
}
