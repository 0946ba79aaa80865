import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Transform } from 'class-transformer';
import { IsBoolean, Length } from 'class-validator';
import { IfGiven } from '../../common/if-given.js';
import { PageQuery } from '../../common/pagination.js';
import { deliveryReference } from '../../messages/reference.js';
import { sanitiseInboxHtml } from '../../templates/rendering/inbox-html.js';
import type { InboxItem } from './inbox-items.js';

export class InboxQuery extends PageQuery {
  /**
   * With `true`, only what has not been read.
   * @example true
   */
  @Transform(({ value }: { value: unknown }) => (value === 'true' ? true : value === 'false' ? false : value))
  @IsBoolean()
  @IfGiven()
  @ApiPropertyOptional({ type: 'boolean', default: false })
  unread?: boolean;

  /**
   * Only messages of this category.
   * @example 'notice'
   */
  @Length(1, 200)
  @IfGiven()
  category?: string;
}

/** Who a message is from, in the caller's words. */
export class InboxSenderDto {
  /**
   * The caller's code of the sender.
   * @example 'HR'
   */
  code?: string;

  /**
   * For people.
   * @example 'Human resources'
   */
  name?: string;
}

/** One message in a person's inbox. */
export class InboxItemDto {
  /**
   * Names the item in `inbox/{id}/read`; the reference of its delivery.
   * @example '16-2-2s'
   */
  id: string;

  /**
   * Id of the message.
   * @example '42'
   */
  messageId: string;

  /**
   * Code of the channel it came through.
   * @example '1002'
   */
  channel: string;

  /**
   * Plain text; null when the message has none.
   * @example 'Holidays'
   */
  title: string | null;

  /**
   * Safe to show: formatting, links and images only; null when the message has none.
   * @example '<p>The office is closed on <b>Friday</b>.</p>'
   */
  html: string | null;

  /**
   * Plain text; null when the message has none.
   * @example 'The office is closed on Friday.'
   */
  text: string | null;

  /**
   * Where a tap leads; null when the message has none.
   * @example 'https://intranet.example.com/holidays'
   */
  url: string | null;

  /**
   * Extra data for the application that shows it, as the message has it; null when it has none.
   * @example { "visit": "20261201-7" }
   */
  @ApiProperty({ type: 'object', additionalProperties: true, nullable: true })
  ext: Record<string, unknown> | null;

  /**
   * As the message's caller named it.
   * @example 'notice'
   */
  category: string;

  /** Null when the message names none. */
  @ApiProperty({ type: InboxSenderDto, nullable: true })
  sender: InboxSenderDto | null;

  /**
   * When it came into the inbox.
   * @example '2026-12-01T00:00:00.000Z'
   */
  sentAt: Date;

  /**
   * When it was read; null before.
   * @example null
   */
  readAt: Date | null;
}

export class InboxPageDto {
  /** Newest first. */
  items: InboxItemDto[];

  /**
   * Give it back as `cursor` for the next page; null on the last one.
   * @example null
   */
  nextCursor: string | null;
}

export class UnreadCountDto {
  /**
   * How many items are unread.
   * @example 3
   */
  unread: number;
}

export class MarkedReadDto {
  /**
   * How many items were unread and are read now.
   * @example 3
   */
  read: number;
}

export function toInboxItemDto(item: InboxItem): InboxItemDto {
  const { messageId, channelId, endpointId, channel, content, category, sender, sentAt, readAt } = item;
  return {
    id: deliveryReference(messageId, channelId, endpointId),
    messageId,
    channel,
    title: content.title ?? null,
    html: content.html === undefined ? null : sanitiseInboxHtml(content.html),
    text: content.text ?? null,
    url: content.url ?? null,
    ext: content.ext ?? null,
    category,
    sender,
    sentAt,
    readAt,
  };
}
