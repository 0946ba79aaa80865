import { Injectable } from '@nestjs/common';
import type { Caller } from '../../access/principal.js';
import { ChannelDirectory } from '../../channels/channel-directory.js';
import { Clock } from '../../common/clock.js';
import { NotFound } from '../../common/problem.js';
import { Tenants } from '../../database/tenants.js';
import { anyShard } from '../../deliveries/sql/count-moves.js';
import { parseReference } from '../../messages/reference.js';
import { findRecipient } from '../../recipients/recipients.service.js';
import { MARK_OF_MESSAGES, MARK_OF_RECIPIENTS } from './sql/mark-read.js';
import { COUNT_UNREAD } from './sql/list-inbox.js';

/** Rows of one statement; a broadcast is marked in as many as it takes. */
const MOST_ROWS = 5_000;

/** Whose items of which messages; what is left out does not restrict, but one of the two is given. */
export interface ReadSelection {
  recipientIds?: readonly string[];
  messageIds?: readonly string[];
}

interface Marked {
  messageId: string;
  channelId: number;
  endpointId: string;
  count: number;
}

const FIND_ITEM = `
SELECT d.state = 'read' AS read
  FROM delivery d JOIN message m ON m.organisation_id = $1 AND m.id = d.message_id
 WHERE d.organisation_id = $1 AND d.recipient_id = $2 AND d.message_id = $3 AND d.channel_id = $4 AND d.endpoint_id = $5
   AND d.channel_id = ANY ($6::int[]) AND d.state IN ('sent', 'delivered', 'read') AND ($7::int IS NULL OR m.application_id = $7)`;

/** Counts and marks what people have in their inboxes. An application reaches the items of its own messages, the admin all. */
@Injectable()
export class InboxService {
  constructor(
    private readonly tenants: Tenants,
    private readonly channels: ChannelDirectory,
    private readonly clock: Clock,
  ) {}

  /** @throws NotFound */
  async unreadCount(caller: Caller, recipient: string): Promise<number> {
    const scope = this.tenants.of(caller.organisationId);
    const { id } = await findRecipient(scope, recipient);
    const [row] = await scope.query<{ unread: number }>(COUNT_UNREAD, [
      id,
      await this.inboxChannels(caller.organisationId),
      caller.applicationId,
      this.clock.now(),
    ]);
    return row?.unread ?? 0;
  }

  /**
   * Marks one item, named by the reference of its delivery; once read it stays as it is.
   * @throws NotFound
   */
  async markItem(caller: Caller, recipient: string, reference: string): Promise<void> {
    const scope = this.tenants.of(caller.organisationId);
    const { id } = await findRecipient(scope, recipient);
    const delivery = parseReference(reference);
    const channels = await this.inboxChannels(caller.organisationId);
    const [item] =
      delivery === undefined
        ? []
        : await scope.query<{ read: boolean }>(FIND_ITEM, [
            id,
            delivery.messageId,
            delivery.channelId,
            delivery.endpointId,
            channels,
            caller.applicationId,
          ]);
    if (delivery === undefined || item === undefined) throw new NotFound('inbox item', reference.slice(0, 64));
    if (!item.read) await this.markOfRecipients(caller, [delivery.channelId], [id], [delivery.messageId]);
  }

  /** Marks all that is listed in one person's inbox. @throws NotFound */
  async markAll(caller: Caller, recipient: string): Promise<number> {
    const { id } = await findRecipient(this.tenants.of(caller.organisationId), recipient);
    return this.markRead(caller, { recipientIds: [id] });
  }

  /**
   * Marks unread items read and counts them in the statistics, each once. What has expired is marked only where its message is named.
   * @returns how many were marked now
   */
  async markRead(caller: Caller, { recipientIds, messageIds }: ReadSelection): Promise<number> {
    const channels = await this.inboxChannels(caller.organisationId);
    if (recipientIds !== undefined) return this.markOfRecipients(caller, channels, recipientIds, messageIds ?? null);
    return messageIds === undefined ? 0 : this.markOfMessages(caller, channels, messageIds);
  }

  private async markOfRecipients(
    caller: Caller,
    channels: number[],
    recipientIds: readonly string[],
    messageIds: readonly string[] | null,
  ): Promise<number> {
    for (let total = 0; ;) {
      const marked = await this.mark(caller, MARK_OF_RECIPIENTS, channels, [recipientIds, messageIds]);
      total += marked?.count ?? 0;
      if ((marked?.count ?? 0) < MOST_ROWS) return total;
    }
  }

  private async markOfMessages(caller: Caller, channels: number[], messageIds: readonly string[]): Promise<number> {
    let after = { messageId: '0', channelId: 0, endpointId: '0' };
    for (let total = 0; ;) {
      const place = [after.messageId, after.channelId, after.endpointId];
      const marked = await this.mark(caller, MARK_OF_MESSAGES, channels, [messageIds, ...place]);
      if (marked === undefined) return total;
      total += marked.count;
      if (marked.count < MOST_ROWS) return total;
      after = marked;
    }
  }

  private async mark(
    { organisationId, applicationId }: Caller,
    statement: string,
    channels: number[],
    values: unknown[],
  ): Promise<Marked | undefined> {
    const shared = [this.clock.now(), anyShard(), channels, applicationId, MOST_ROWS];
    const [marked] = await this.tenants.transaction(organisationId, (scope) =>
      scope.query<Marked>(statement, [...shared, ...values]),
    );
    return marked;
  }

  private async inboxChannels(organisationId: number): Promise<number[]> {
    const { channels } = await this.channels.load(organisationId);
    return channels.filter(({ kind }) => kind === 'inbox').map(({ id }) => id);
  }
}
