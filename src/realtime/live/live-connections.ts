import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { groupBy } from '../../common/group-by.js';
import { Tenants } from '../../database/tenants.js';
import { LiveConnection, type LiveSocket } from './live-connection.js';
import { LiveConnectionRow } from './live-connection.entity.js';
import { LivePresence } from './live-presence.js';
import { LiveProcess } from './live-process.js';
import { closeNotifications } from './notification.js';
import { BARRED_CONNECTIONS, REGISTER_CONNECTION, RESTORE_CONNECTIONS } from './sql/connections.js';

/** Connections that one person may have at a time; the oldest give way. */
export const MOST_CONNECTIONS = 20;

/** The clients connected to this process, and their rows by which other processes know of them. */
@Injectable()
export class LiveConnections {
  private readonly logger = new Logger(LiveConnections.name);
  private readonly byId = new Map<string, LiveConnection>();
  private readonly byPerson = new Map<string, Set<LiveConnection>>();
  private readonly byDevice = new Map<string, Set<LiveConnection>>();
  private keepRows = false;

  constructor(
    private readonly tenants: Tenants,
    private readonly presence: LivePresence,
    private readonly process: LiveProcess,
    private readonly clock: Clock,
  ) {}

  async open(socket: LiveSocket): Promise<LiveConnection> {
    const { organisationId, recipientId, inboxId, endpointId, platform } = socket.data;
    const now = this.clock.now();
    const values = [recipientId, inboxId, endpointId, this.process.id, platform, now, MOST_CONNECTIONS - 1];
    const [row] = await this.tenants
      .of(organisationId)
      .query<{ id: string; dropped: string[] }>(REGISTER_CONNECTION, values);
    if (row === undefined) throw new Error('A connection was not registered');
    const connection = new LiveConnection(row.id, now, socket);
    if (connection.closed.aborted) {
      this.forgetRow(connection);
      return connection;
    }
    this.add(connection);
    connection.closed.addEventListener('abort', () => this.remove(connection), { once: true });
    this.presence.forget(organisationId);
    await this.presence.notify(closeNotifications(organisationId, row.dropped));
    return connection;
  }

  all(): LiveConnection[] {
    return [...this.byId.values()];
  }

  get(id: string): LiveConnection | undefined {
    return this.byId.get(id);
  }

  ofPerson(organisationId: number, recipientId: string): Iterable<LiveConnection> {
    return this.byPerson.get(`${organisationId} ${recipientId}`) ?? [];
  }

  ofDevice(organisationId: number, endpointId: string): Iterable<LiveConnection> {
    return this.byDevice.get(`${organisationId} ${endpointId}`) ?? [];
  }

  /** Closes what was opened with a token that has expired since. */
  dismissExpired(): void {
    const now = this.clock.now();
    for (const connection of this.byId.values()) if (connection.admitted.expiresAt <= now) connection.dismiss();
  }

  /** Closes those that would not be let in any more. */
  async dismissBarred(): Promise<void> {
    for (const [organisationId, group] of groupBy(this.byId.values(), (one) => one.organisationId)) {
      const barred = await this.tenants
        .of(organisationId)
        .query<{ n: number }>(BARRED_CONNECTIONS, [
          group.map((_, n) => n),
          group.map(({ admitted }) => admitted.recipientId),
          group.map(({ admitted }) => admitted.applicationId),
          group.map(({ admitted }) => admitted.endpointId),
        ]);
      for (const { n } of barred) group[n]?.dismiss();
    }
  }

  /** Writes the rows of all connections again. */
  async restore(): Promise<void> {
    for (const [organisationId, group] of groupBy(this.byId.values(), (one) => one.organisationId)) {
      await this.tenants
        .of(organisationId)
        .query(RESTORE_CONNECTIONS, [
          this.process.id,
          group.map(({ admitted }) => admitted.recipientId),
          group.map(({ id }) => id),
          group.map(({ admitted }) => admitted.inboxId),
          group.map(({ admitted }) => admitted.endpointId),
          group.map(({ admitted }) => admitted.platform),
          group.map(({ connectedAt }) => connectedAt),
        ]);
    }
  }

  /** The process stops, and forgets the rows of all its connections at once. */
  leaveRows(): void {
    this.keepRows = true;
  }

  private add(connection: LiveConnection): void {
    this.byId.set(connection.id, connection);
    for (const [map, key] of this.places(connection)) {
      const known = map.get(key);
      if (known === undefined) map.set(key, new Set([connection]));
      else known.add(connection);
    }
  }

  private remove(connection: LiveConnection): void {
    this.byId.delete(connection.id);
    for (const [map, key] of this.places(connection)) {
      const known = map.get(key);
      known?.delete(connection);
      if (known?.size === 0) map.delete(key);
    }
    this.forgetRow(connection);
  }

  private places({ organisationId, admitted }: LiveConnection): [Map<string, Set<LiveConnection>>, string][] {
    const { recipientId, endpointId } = admitted;
    const person = `${organisationId} ${recipientId}`;
    return [
      [this.byPerson, person],
      ...(endpointId === null
        ? []
        : [[this.byDevice, `${organisationId} ${endpointId}`] satisfies [Map<string, Set<LiveConnection>>, string]]),
    ];
  }

  private forgetRow({ id, organisationId, admitted }: LiveConnection): void {
    if (this.keepRows) return;
    this.tenants
      .of(organisationId)
      .delete(LiveConnectionRow, { recipientId: admitted.recipientId, id })
      .catch((error: unknown) => this.logger.warn(`A closed connection stays on record: ${String(error)}`));
  }
}
