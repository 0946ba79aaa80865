import { Injectable, Logger } from '@nestjs/common';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { Clock } from '../../common/clock.js';
import { LIVE_CHANNEL, type LiveNotification, readNotification } from './notification.js';

const FIRST_PAUSE_MILLISECONDS = 500;
const LONGEST_PAUSE_MILLISECONDS = 10_000;
/** A network that went silent is noticed after so long and some probes. */
const KEEP_ALIVE_MILLISECONDS = 10_000;

/** What becomes of what is heard. */
export interface LiveHearing {
  heard(notification: LiveNotification): void;
  /** It listens again, after it did not for a while. */
  back(): void;
}

/** Listens to other processes on a connection of its own, which it opens again when it breaks. */
@Injectable()
export class LiveListener {
  private readonly logger = new Logger(LiveListener.name);
  private readonly stopping = new AbortController();
  private running: Promise<void> | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly clock: Clock,
  ) {}

  /** Resolves when it listens for the first time. */
  start(hearing: LiveHearing): Promise<void> {
    return new Promise((resolve) => {
      this.running = this.run(hearing, resolve);
    });
  }

  async stop(): Promise<void> {
    this.stopping.abort();
    await this.running;
  }

  private async run(hearing: LiveHearing, started: () => void): Promise<void> {
    const { signal } = this.stopping;
    let pause = FIRST_PAUSE_MILLISECONDS;
    let listenedBefore = false;
    while (!signal.aborted) {
      const client = this.connection();
      try {
        await this.listen(client, hearing, () => {
          pause = FIRST_PAUSE_MILLISECONDS;
          if (listenedBefore) hearing.back();
          listenedBefore = true;
          started();
        });
      } catch (error) {
        this.logger.warn(`Live clients wait for the database: ${String(error)}`);
      } finally {
        await client.end().catch(() => undefined);
      }
      if (signal.aborted) return;
      await this.clock.sleep(pause, signal);
      pause = Math.min(2 * pause, LONGEST_PAUSE_MILLISECONDS);
    }
  }

  private connection(): Client {
    const { options } = this.dataSource;
    if (options.type !== 'postgres') throw new Error('Only PostgreSQL tells processes of each other');
    return new Client({
      connectionString: options.url,
      application_name: 'tidings-live',
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      keepAliveInitialDelayMillis: KEEP_ALIVE_MILLISECONDS,
    });
  }

  /** Until the connection ends or this stops. */
  private async listen(client: Client, hearing: LiveHearing, listening: () => void): Promise<void> {
    const { signal } = this.stopping;
    const over = new Promise<void>((resolve, reject) => {
      client.once('error', reject);
      client.once('end', () => reject(new Error('the connection has ended')));
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    over.catch(() => undefined);
    client.on('error', () => undefined);
    client.on('notification', ({ payload = '' }) => this.hear(payload, hearing));
    await client.connect();
    await client.query(`LISTEN ${LIVE_CHANNEL}`);
    listening();
    await over;
  }

  private hear(payload: string, hearing: LiveHearing): void {
    try {
      const notification = readNotification(payload);
      if (notification !== undefined) hearing.heard(notification);
    } catch (error) {
      this.logger.warn(`A notification cannot be read: ${String(error)}`);
    }
  }
}
