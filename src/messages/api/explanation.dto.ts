import { ApiProperty } from '@nestjs/swagger';
import { CHANNEL_KINDS, type ChannelKind } from '../../channels/channel-kind.js';
import { IsCode } from '../../common/is-code.js';

export const EXPLAINED_STATUSES = [
  'pending',
  'retrying',
  'sent',
  'delivered',
  'read',
  'failed',
  'unknown',
  'not-targeted',
] as const;
export type ExplainedStatus = (typeof EXPLAINED_STATUSES)[number];

/** About whom to explain. */
export class ExplanationQuery {
  /**
   * The recipient's code.
   * @example 'USER001'
   */
  @IsCode()
  recipient: string;
}

/** Why one person got a message on one channel, or did not. */
export class ChannelExplanationDto {
  /**
   * The channel's code.
   * @example '1001'
   */
  channel: string;

  /**
   * The channel's kind.
   * @example 'sms'
   */
  @ApiProperty({ enum: CHANNEL_KINDS })
  kind: ChannelKind;

  /**
   * Id of the endpoint it went to or will go to, or of a device that was left out; null when there is none.
   * @example '42'
   */
  endpoint: string | null;

  /**
   * The delivery's state; without a delivery `pending` (it is still coming) or `not-targeted`.
   * @example 'delivered'
   */
  @ApiProperty({ enum: EXPLAINED_STATUSES })
  status: ExplainedStatus;

  /**
   * One sentence. A device that the audience's `devices` leaves out is told with `platform-filtered` or `not-latest-device`. "As of
   * now" marks what is judged by today's memberships and addresses, which may have been others when the
   * message was planned.
   * @example 'Delivered at 2026-12-01T00:00:02.000Z through sms.'
   */
  reason: string;
}

/** Why one person got a message, or did not. */
export class ExplanationDto {
  /**
   * The recipient's code.
   * @example 'USER001'
   */
  recipient: string;

  /**
   * Whether the audience holds the person, as of now: named, not excluded and switched on.
   * @example true
   */
  inAudience: boolean;

  /**
   * What names the person, as of now: `all`, `user`, `department:<code>`, `post:<code>`, `role:<code>`, `tag:<code>`,
   * `endpoint:<id>`, `alias:<alias>`, `address:<channel>`. A department named by a scope is told as `department:<code>`.
   * @example ['user', 'department:DEPT001']
   */
  via: string[];

  /**
   * What excludes the person, as of now, in the same words.
   * @example []
   */
  excludedBy: string[];

  /** The message's channels, one entry for each endpoint. */
  channels: ChannelExplanationDto[];
}
