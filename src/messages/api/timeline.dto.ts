import { ApiProperty } from '@nestjs/swagger';
import { IfGiven } from '../../common/if-given.js';
import { IsCode } from '../../common/is-code.js';

export const TIMELINE_EVENTS = [
  'accepted',
  'scheduled',
  'planned',
  'recorded',
  'sent',
  'delivered',
  'read',
  'failed',
  'finished',
  'cancelled',
  'expired',
] as const;
export type TimelineEvent = (typeof TIMELINE_EVENTS)[number];

/** Whose events to tell besides the message's own. */
export class TimelineQuery {
  /**
   * Code of a recipient whose deliveries' events are told as well.
   * @example 'USER001'
   */
  @IfGiven()
  @IsCode()
  recipient?: string;
}

/** Something that happened to a message. */
export class TimelineEventDto {
  /**
   * When.
   * @example '2026-12-01T00:00:00.000Z'
   */
  at: Date;

  /**
   * Of the message: `accepted`, `scheduled` (the time it waits for), `planned`, `finished`, `cancelled`, `expired`. Of one
   * person's deliveries: `recorded` (a first outcome that was not final), `sent`, `delivered`, `read`, `failed`.
   * @example 'planned'
   */
  @ApiProperty({ enum: TIMELINE_EVENTS })
  event: TimelineEvent;

  /**
   * For people.
   * @example '3 endpoints on 2 channels'
   */
  detail: string;
}

/** What happened to a message, in order. */
export class TimelineDto {
  /** Oldest first. */
  items: TimelineEventDto[];
}
