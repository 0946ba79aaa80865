import { Injectable } from '@nestjs/common';
import { Clock } from '../../common/clock.js';
import { pageOf } from '../../common/pagination.js';
import { Problem } from '../../common/problem.js';
import { placeText } from '../inbox/inbox-cursor.js';
import { InboxItems } from '../inbox/inbox-items.js';
import { InboxService } from '../inbox/inbox.service.js';
import { EventBudget } from './event-budget.js';
import type { LiveList, LiveRead } from './events.js';
import type { LiveConnection, LiveSocket } from './live-connection.js';
import { liveFailure } from './live-problem.js';
import { readIds, readNothing, readPage } from './read-request.js';
import { toLiveMessage } from './to-live-message.js';

type Answer = (answer: unknown) => void;

/** A client that goes on so long after it was told that it asks too often is cut off. */
const MOST_REFUSED = 100;

const tooMany = (): Problem =>
  new Problem(429, 'too_many_requests', 'This client asks too often; wait a second and ask again.');

const unknownEvent = (name: string): Problem =>
  new Problem(404, 'unknown_event', `There is no event ${name.slice(0, 64)}; there are read, read-all and list.`);

const tooMuch = (): Problem =>
  new Problem(400, 'invalid_request', 'request: must be one object and an acknowledgement');

/** Answers what connected clients ask. */
@Injectable()
export class ClientRequests {
  private readonly events = new Map<string, (connection: LiveConnection, request: unknown) => Promise<unknown>>([
    ['read', (connection, request) => this.read(connection, request)],
    ['read-all', (connection, request) => this.readAll(connection, request)],
    ['list', (connection, request) => this.list(connection, request)],
  ]);

  constructor(
    private readonly inbox: InboxService,
    private readonly items: InboxItems,
    private readonly clock: Clock,
  ) {}

  /** From now on. What is asked before the connection is `open` is answered when it is. */
  serve(socket: LiveSocket, open: Promise<LiveConnection>): void {
    const budget = new EventBudget(this.clock);
    let refused = 0;
    socket.onAny((name: string, ...parameters: unknown[]) => {
      const answer = answerOf(parameters);
      if (budget.take()) {
        refused = 0;
        open.then((connection) => this.answer(connection, name, parameters)).then(answer, () => undefined);
        return;
      }
      refused += 1;
      answer({ error: liveFailure(tooMany()) });
      if (refused > MOST_REFUSED) socket.disconnect(true);
    });
  }

  private async answer(connection: LiveConnection, name: string, parameters: unknown[]): Promise<unknown> {
    try {
      const event = this.events.get(name);
      if (event === undefined) throw unknownEvent(name);
      if (parameters.length > 1) throw tooMuch();
      return await event(connection, parameters[0]);
    } catch (error) {
      return { error: liveFailure(error) };
    }
  }

  private async read({ caller, admitted }: LiveConnection, request: unknown): Promise<LiveRead> {
    const messageIds = [...new Set(readIds(request).map(({ messageId }) => messageId))];
    return { read: await this.inbox.markRead(caller, { recipientIds: [admitted.recipientId], messageIds }) };
  }

  private async readAll({ caller, admitted }: LiveConnection, request: unknown): Promise<LiveRead> {
    readNothing(request);
    return { read: await this.inbox.markRead(caller, { recipientIds: [admitted.recipientId] }) };
  }

  private async list({ caller, admitted }: LiveConnection, request: unknown): Promise<LiveList> {
    const page = readPage(request);
    const key = `~${admitted.recipientId}`;
    const [items, unread] = await Promise.all([
      this.items.list(caller, key, page),
      this.inbox.unreadCount(caller, key),
    ]);
    return { ...pageOf(items, page.limit, placeText, (item) => toLiveMessage(item)), unread };
  }
}

/** Takes the acknowledgement off what came with an event; without one nobody waits for an answer. */
function answerOf(parameters: unknown[]): Answer {
  if (typeof parameters.at(-1) !== 'function') return () => undefined;
  return parameters.pop() as Answer;
}
