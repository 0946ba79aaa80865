import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { CatchUp } from './catch-up.js';
import { ClientRequests } from './client-requests.js';
import { DevicePushes } from './device-pushes.js';
import type { LiveConnection, LiveSocket } from './live-connection.js';
import { LiveConnections } from './live-connections.js';
import { LiveInbox } from './live-inbox.js';
import { LiveListener } from './live-listener.js';
import { SETTLED_MILLISECONDS } from './live-presence.js';
import { LiveProcess } from './live-process.js';
import type { LiveNotification } from './notification.js';
import { cursorText } from './to-live-message.js';

/** When something went wrong on the way to a client, it is tried again after so long. */
const AGAIN_MILLISECONDS = 5_000;
/** Who is switched off is cut off after so long at most. */
const BARRED_MILLISECONDS = 30_000;

/** What happens to connected clients, from the first event to the last. */
@Injectable()
export class LiveSessions {
  private readonly logger = new Logger(LiveSessions.name);
  private readonly scheduled = new WeakSet<LiveConnection>();
  private readonly opening = new Set<Promise<LiveConnection>>();
  private barredAt = 0;

  constructor(
    private readonly connections: LiveConnections,
    private readonly process: LiveProcess,
    private readonly listener: LiveListener,
    private readonly inbox: LiveInbox,
    private readonly catchUp: CatchUp,
    private readonly pushes: DevicePushes,
    private readonly requests: ClientRequests,
    private readonly clock: Clock,
  ) {}

  async begin(): Promise<void> {
    await this.process.begin(
      () => this.connections.restore(),
      () => this.checkUp(),
    );
    await this.listener.start({
      heard: (notification) => this.hear(notification),
      back: () => {
        for (const connection of this.connections.all()) this.settle(connection);
      },
    });
  }

  async open(socket: LiveSocket): Promise<void> {
    const opening = this.connections.open(socket);
    this.opening.add(opening);
    opening.finally(() => this.opening.delete(opening)).catch(() => undefined);
    this.requests.serve(socket, opening);
    const connection = await opening;
    if (connection.closed.aborted) return;
    connection.ready(cursorText(connection.cursor));
    this.settle(connection);
    this.later(connection, SETTLED_MILLISECONDS);
  }

  /** The process stops: what disconnects now does not forget itself, as all are forgotten together at the end. */
  leave(): void {
    this.connections.leaveRows();
  }

  async end(): Promise<void> {
    await this.listener.stop();
    // A row written after the process has gone would stay.
    await Promise.allSettled(this.opening);
    await this.process.end();
  }

  private checkUp(): void {
    this.connections.dismissExpired();
    const now = this.clock.now().getTime();
    if (now - this.barredAt < BARRED_MILLISECONDS) return;
    this.barredAt = now;
    this.connections.dismissBarred().catch((error: unknown) => this.complain(error));
  }

  private hear(notification: LiveNotification): void {
    const { organisationId } = notification;
    switch (notification.kind) {
      case 'inbox':
        this.inbox.show(organisationId, notification.news).catch((error: unknown) => {
          this.complain(error);
          for (const { recipientIds } of notification.news)
            for (const id of recipientIds)
              for (const connection of this.connections.ofPerson(organisationId, id))
                this.later(connection, AGAIN_MILLISECONDS);
        });
        return;
      case 'push':
        this.pushes.push(organisationId, notification.accountId, notification.pushes).catch((error: unknown) => {
          // They stay `sent`, and are sent again when their devices connect again.
          this.complain(error);
        });
        return;
      case 'close':
        for (const id of notification.connectionIds) {
          const connection = this.connections.get(id);
          if (connection?.organisationId === organisationId) connection.dismiss();
        }
    }
  }

  /** Sends what it has not got yet, whatever the reason. */
  private settle(connection: LiveConnection): void {
    Promise.all([this.catchUp.run(connection), this.pushes.again(connection)]).catch((error: unknown) => {
      if (connection.closed.aborted) return;
      this.complain(error);
      this.later(connection, AGAIN_MILLISECONDS);
    });
  }

  private later(connection: LiveConnection, milliseconds: number): void {
    if (connection.closed.aborted || this.scheduled.has(connection)) return;
    this.scheduled.add(connection);
    const at = new Date(this.clock.now().getTime() + milliseconds);
    const cancel = this.clock.at(at, () => {
      this.scheduled.delete(connection);
      connection.closed.removeEventListener('abort', cancel);
      this.settle(connection);
    });
    connection.closed.addEventListener('abort', cancel, { once: true });
  }

  private complain(error: unknown): void {
    this.logger.warn(
      `Live clients have to wait: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  }
}
