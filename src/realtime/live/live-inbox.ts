import { Injectable } from '@nestjs/common';
import type { Content } from '../../channels/channel-kind.js';
import { ChannelDirectory } from '../../channels/channel-directory.js';
import { Clock } from '../../common/clock.js';
import { Problem } from '../../common/problem.js';
import { Tenants } from '../../database/tenants.js';
import { type MessageWords, MessageWordsLoader } from '../../messages/message-words.js';
import { deliveryReference } from '../../messages/reference.js';
import type { InboxPlace } from '../inbox/inbox-cursor.js';
import type { LiveConnection } from './live-connection.js';
import { LiveConnections } from './live-connections.js';
import { LivePresence } from './live-presence.js';
import type { InboxNews } from './notification.js';
import { LIVE_ITEMS } from './sql/live-items.js';
import { sanitiseOnce, toLiveMessage } from './to-live-message.js';

interface ItemRow extends InboxPlace {
  recipientId: string;
  content: Content | null;
  readAt: Date | null;
  applicationId: number | null;
  latestOnly: boolean;
  latestId: string | null;
}

/** Shows people who are connected here what has just come into their inboxes. */
@Injectable()
export class LiveInbox {
  constructor(
    private readonly tenants: Tenants,
    private readonly channels: ChannelDirectory,
    private readonly words: MessageWordsLoader,
    private readonly connections: LiveConnections,
    private readonly presence: LivePresence,
    private readonly clock: Clock,
  ) {}

  async show(organisationId: number, news: readonly InboxNews[]): Promise<void> {
    const here = news.flatMap(({ messageId, channelId, recipientIds }) =>
      recipientIds
        .filter((recipientId) => this.isAwaited(organisationId, recipientId))
        .map((recipientId) => ({ messageId, channelId, recipientId })),
    );
    if (here.length === 0) return;
    const messageIds = [...new Set(here.map(({ messageId }) => messageId))];
    const [rows, { channels }, messages] = await Promise.all([
      this.tenants
        .of(organisationId)
        .query<ItemRow>(LIVE_ITEMS, [
          this.clock.now(),
          await this.presence.living(),
          here.map(({ messageId }) => messageId),
          here.map(({ channelId }) => channelId),
          here.map(({ recipientId }) => recipientId),
        ]),
      this.channels.load(organisationId),
      Promise.all(messageIds.map((id) => this.words.of(organisationId, id))),
    ]);
    const codes = new Map(channels.map(({ id, code }) => [id, code]));
    const words = new Map(messages.map((message) => [message.messageId, message]));
    const sanitise = sanitiseOnce();
    for (const row of rows) {
      const message = words.get(row.messageId);
      for (const connection of this.connections.ofPerson(organisationId, row.recipientId)) {
        if (message === undefined || !isFor(connection, row)) continue;
        const { category, sender = null } = message;
        const content = contentFor(row, message, connection);
        const item = { ...row, channel: codes.get(row.channelId) ?? '', content, category, sender };
        void connection.message(toLiveMessage(item, sanitise), row);
      }
    }
  }

  /** Whoever is catching up finds it in the inbox; only who has caught up is shown it from here. */
  private isAwaited(organisationId: number, recipientId: string): boolean {
    let awaited = false;
    for (const connection of this.connections.ofPerson(organisationId, recipientId)) {
      connection.news = connection.news || connection.catchingUp;
      awaited = awaited || !connection.catchingUp;
    }
    return awaited;
  }
}

function isFor(connection: LiveConnection, { messageId, channelId, endpointId, ...row }: ItemRow): boolean {
  if (connection.catchingUp) {
    connection.news = true;
    return false;
  }
  return (
    connection.mayShow(row.applicationId) &&
    (!row.latestOnly || row.latestId === connection.id) &&
    !connection.has(deliveryReference(messageId, channelId, endpointId))
  );
}

function contentFor({ content, channelId }: ItemRow, message: MessageWords, { admitted }: LiveConnection): Content {
  const words = message.channel(channelId);
  if (content !== null) return content;
  if (words === undefined) return {};
  try {
    return words.render(words.localeFor(admitted.person.locale ?? null), admitted.person);
  } catch (error) {
    // The template says something of people that this one lacks: shown empty, as the inbox does.
    if (error instanceof Problem) return {};
    throw error;
  }
}
