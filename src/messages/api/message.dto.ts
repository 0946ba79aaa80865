import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';
import { PRIORITIES, type Priority } from '../message-request.js';
import { MESSAGE_STATES, type MessageState } from '../message-state.js';
import { UnresolvedDto } from './accepted-message.dto.js';
import { AudienceSummaryDto } from './audience-summary.dto.js';
import { ContentDto } from './content.dto.js';

/** Deliveries of a message, counted. One person has one delivery per address and channel. */
export class MessageCountsDto {
  /**
   * Endpoints the message is meant for; grows while it is being planned.
   * @example 3
   */
  @ApiProperty({ type: 'integer' })
  target: number;

  /**
   * Taken by the vendor, delivered and read ones included.
   * @example 2
   */
  @ApiProperty({ type: 'integer' })
  sent: number;

  /**
   * Known to have arrived, read ones included.
   * @example 2
   */
  @ApiProperty({ type: 'integer' })
  delivered: number;

  /**
   * Known to have been read.
   * @example 1
   */
  @ApiProperty({ type: 'integer' })
  read: number;

  /**
   * Given up.
   * @example 1
   */
  @ApiProperty({ type: 'integer' })
  failed: number;

  /**
   * Handed over without an answer: they may or may not have arrived.
   * @example 0
   */
  @ApiProperty({ type: 'integer' })
  unknown: number;
}

/** The version of a template that a message uses. */
export class UsedTemplateDto {
  /**
   * The template's code.
   * @example 'MSG1001'
   */
  code: string;

  /**
   * The version that was published when the message was accepted.
   * @example 1
   */
  @ApiProperty({ type: 'integer' })
  version: number;
}

/** A message as lists show it. */
export class MessageSummaryDto {
  /**
   * The message's id.
   * @example '42'
   */
  id: string;

  /**
   * `scheduled`: waits for `sendAt`. `accepted`: waits to be planned. `planning`, `sending`: under way. `done`: every delivery
   * has its outcome. `cancelled`, `expired`: what was not sent by then is not sent any more.
   * @example 'done'
   */
  @ApiProperty({ enum: MESSAGE_STATES })
  state: MessageState;

  /**
   * The API it came through: `native`, or a dialect.
   * @example 'native'
   */
  api: string;

  /**
   * Code of the application that sent it; null for the admin.
   * @example 'clinic'
   */
  application: string | null;

  /**
   * How urgent it is.
   * @example 'normal'
   */
  @ApiProperty({ enum: PRIORITIES })
  priority: Priority;

  /**
   * The caller's word, or the template's category.
   * @example 'notice'
   */
  category: string;

  /**
   * The caller's own id of what this belongs to.
   * @example 'visit-20261201-7'
   */
  correlationId: string | null;

  /**
   * The key under which repeated calls make no second message.
   * @example 'lab-result-42'
   */
  dedupKey: string | null;

  /**
   * Codes of the channels it goes through.
   * @example ['1002']
   */
  channels: string[];

  /** The template it uses; null when its content was given. */
  template: UsedTemplateDto | null;

  /**
   * When it shall be sent; null: at once.
   * @example '2026-12-01T00:00:00.000Z'
   */
  sendAt: Date | null;

  /**
   * After this instant nobody gets it any more; null: never.
   * @example null
   */
  expiresAt: Date | null;

  /**
   * When it was accepted.
   * @example '2026-12-01T00:00:00.000Z'
   */
  createdAt: Date;

  /**
   * When all its deliveries were planned; null before.
   * @example '2026-12-01T00:00:00.000Z'
   */
  plannedAt: Date | null;

  /**
   * When it became `done`, `cancelled` or `expired`; null before.
   * @example '2026-12-01T00:00:01.000Z'
   */
  finishedAt: Date | null;

  /** Its deliveries, counted. */
  statistics: MessageCountsDto;
}

/** A message with what it says and to whom. */
@ApiExtraModels(ContentDto)
export class MessageDto extends MessageSummaryDto {
  /** Who it is for. */
  audience: AudienceSummaryDto;

  /**
   * What it says, by channel code; null when its template says it.
   * @example { "1002": { "title": "Your results are ready", "text": "Please come to the outpatient clinic." } }
   */
  @ApiProperty({ type: 'object', nullable: true, additionalProperties: { $ref: getSchemaPath(ContentDto) } })
  content: Record<string, ContentDto> | null;

  /**
   * Values of the template's variables; null without a template.
   * @example null
   */
  @ApiProperty({ type: 'object', nullable: true, additionalProperties: true })
  params: Record<string, unknown> | null;

  /** What of the audience named nobody. */
  unresolved: UnresolvedDto;
}

/** One page of messages. */
export class MessagePageDto {
  /** Newest first. */
  items: MessageSummaryDto[];

  /**
   * Give it back as `cursor` for the next page; null on the last one.
   * @example 'NDI'
   */
  nextCursor: string | null;
}
