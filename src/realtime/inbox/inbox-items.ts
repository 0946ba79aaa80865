import { Injectable } from '@nestjs/common';
import type { Caller } from '../../access/principal.js';
import type { Content } from '../../channels/channel-kind.js';
import { ChannelDirectory } from '../../channels/channel-directory.js';
import { Clock } from '../../common/clock.js';
import type { TenantScope } from '../../database/tenant-scope.js';
import { Tenants } from '../../database/tenants.js';
import { findRecipient } from '../../recipients/recipients.service.js';
import { cursorPlace, type InboxPlace } from './inbox-cursor.js';
import { InboxWords, type Reader, type WordsSource } from './inbox-words.js';
import { LIST_INBOX } from './sql/list-inbox.js';

/** Which items to list; every condition given must hold. */
export interface InboxFilter {
  limit: number;
  cursor?: string;
  unread?: boolean;
  category?: string;
}

/** One message in a person's inbox. */
export interface InboxItem extends InboxPlace {
  /** Code. */
  channel: string;
  /** As it was sent; its HTML is not yet fit to be shown. */
  content: Content;
  category: string;
  sender: { code?: string; name?: string } | null;
  readAt: Date | null;
}

type Row = Omit<InboxItem, 'channel' | 'content'> & WordsSource;

const LOCALE = 'SELECT locale FROM organisation WHERE id = $1';

/** Reads inboxes. An application sees the items of its own messages, the admin all. */
@Injectable()
export class InboxItems {
  constructor(
    private readonly tenants: Tenants,
    private readonly channels: ChannelDirectory,
    private readonly words: InboxWords,
    private readonly clock: Clock,
  ) {}

  /**
   * Newest first, without what has expired; one item more than `limit` when there are more.
   * @throws NotFound, InvalidRequest
   */
  async list(caller: Caller, recipient: string, filter: InboxFilter): Promise<InboxItem[]> {
    const { organisationId } = caller;
    const scope = this.tenants.of(organisationId);
    const after = cursorPlace(filter.cursor);
    const { id, ...person } = await findRecipient(scope, recipient);
    const { channels } = await this.channels.load(organisationId);
    const codes = new Map(channels.filter(({ kind }) => kind === 'inbox').map((channel) => [channel.id, channel.code]));
    const rows = await scope.query<Row>(LIST_INBOX, [
      id,
      [...codes.keys()],
      caller.applicationId,
      this.clock.now(),
      filter.unread ?? false,
      filter.category ?? null,
      after?.sentAt ?? null,
      after?.messageId ?? null,
      after?.channelId ?? null,
      after?.endpointId ?? null,
      filter.limit + 1,
    ]);
    const reader = { person, organisationLocale: await localeOf(scope) };
    return Promise.all(rows.map((row) => this.item(organisationId, row, reader, codes.get(row.channelId) ?? '')));
  }

  private async item(organisationId: number, row: Row, reader: Reader, channel: string): Promise<InboxItem> {
    const { messageId, channelId, endpointId, sentAt, readAt, category, sender } = row;
    const content = await this.words.of(organisationId, row, reader);
    return { messageId, channelId, endpointId, channel, content, sentAt, readAt, category, sender };
  }
}

async function localeOf(scope: TenantScope): Promise<string> {
  const [organisation] = await scope.query<{ locale: string }>(LOCALE);
  return organisation?.locale ?? '';
}
