import type { Server, Socket } from 'socket.io';
import type { Caller } from '../../access/principal.js';
import type { TemplateRecipient } from '../../templates/rendering/render-content.js';
import { deliveryReference } from '../../messages/reference.js';
import type { InboxPlace } from '../inbox/inbox-cursor.js';
import type { ClientEvents, LiveMessage, LivePush, ServerEvents } from './events.js';
import type { LiveClaims } from './live-tokens.js';

/** Somebody who may connect. */
export interface Admitted extends LiveClaims {
  person: TemplateRecipient;
  organisationLocale: string;
  inboxId: string | null;
  /** The device's endpoint; null for a connection that is no device. */
  endpointId: string | null;
  /** What the client has already; undefined: it asks for nothing old. */
  since: InboxPlace | undefined;
}

type NoEvents = Record<string, never>;
export type LiveSocket = Socket<ClientEvents, ServerEvents, NoEvents, Admitted>;
export type LiveSocketServer = Server<ClientEvents, ServerEvents, NoEvents, Admitted>;

/** What was sent lately is remembered, to send it once although several ways lead to it. */
const REMEMBERED = 1_000;
/** A client that leaves so many unacknowledged cannot follow; it is cut off, and goes on from its cursor when it is back. */
const MOST_UNACKNOWLEDGED = 500;

const isLater = (one: InboxPlace, other: InboxPlace): boolean => {
  const byTime = one.sentAt.getTime() - other.sentAt.getTime();
  if (byTime !== 0) return byTime > 0;
  if (one.messageId !== other.messageId) return BigInt(one.messageId) > BigInt(other.messageId);
  if (one.channelId !== other.channelId) return one.channelId > other.channelId;
  return BigInt(one.endpointId) > BigInt(other.endpointId);
};

/** One connected client of a person, in this process. */
export class LiveConnection {
  /** Up to where it has the inbox. */
  cursor: InboxPlace;
  /** It is being sent what it missed; what is new meanwhile comes with that. */
  catchingUp = false;
  /** Something came while it was catching up. */
  news = false;
  readonly closed: AbortSignal;
  private readonly ending = new AbortController();
  private readonly remembered = new Set<string>();
  private unacknowledged = 0;

  constructor(
    /** As all processes know it. */
    readonly id: string,
    readonly connectedAt: Date,
    private readonly socket: LiveSocket,
  ) {
    this.closed = this.ending.signal;
    const { since } = this.admitted;
    this.cursor = since ?? { sentAt: connectedAt, messageId: '0', channelId: 0, endpointId: '0' };
    if (since !== undefined) this.remember(deliveryReference(since.messageId, since.channelId, since.endpointId));
    socket.once('disconnect', () => this.ending.abort());
    if (!socket.connected) this.ending.abort();
  }

  get admitted(): Admitted {
    return this.socket.data;
  }

  get organisationId(): number {
    return this.admitted.organisationId;
  }

  get caller(): Caller {
    const { organisationId, applicationId } = this.admitted;
    return { organisationId, applicationId };
  }

  /** An application's token shows what came of the application's own messages. */
  mayShow(applicationId: number | null): boolean {
    return this.admitted.applicationId === null || this.admitted.applicationId === applicationId;
  }

  has(id: string): boolean {
    return this.remembered.has(id);
  }

  ready(cursor: string): void {
    const { code, name } = this.admitted.person;
    this.socket.emit('ready', { recipient: code, name: name ?? '', cursor });
  }

  /** Resolves when the client acknowledges it. */
  message(item: LiveMessage, place: InboxPlace): Promise<void> {
    this.moveTo(place);
    return this.send(item.id, (done) => this.socket.emit('message', item, done));
  }

  /** Resolves when the client acknowledges it. */
  push(push: LivePush): Promise<void> {
    return this.send(push.id, (done) => this.socket.emit('push', push, done));
  }

  moveTo(place: InboxPlace): void {
    if (isLater(place, this.cursor)) this.cursor = place;
  }

  /** The client is not to come back with this token, or not at once. */
  dismiss(): void {
    this.socket.disconnect(true);
  }

  private send(id: string, emit: (done: () => void) => void): Promise<void> {
    this.remember(id);
    return new Promise((resolve) => {
      this.unacknowledged += 1;
      emit(() => {
        this.unacknowledged -= 1;
        resolve();
      });
      // As a broken connection, after which the client comes back by itself.
      if (this.unacknowledged > MOST_UNACKNOWLEDGED) this.socket.conn.close();
    });
  }

  private remember(id: string): void {
    this.remembered.add(id);
    const [oldest] = this.remembered;
    if (this.remembered.size > REMEMBERED && oldest !== undefined) this.remembered.delete(oldest);
  }
}
