import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  ArrayMinSize,
  IsArray,
  IsBoolean,
  IsIn,
  IsInt,
  IsOptional,
  IsString,
  Length,
  Max,
  Min,
} from 'class-validator';
import { IsSettings } from '../access/is-settings.js';
import { IfGiven } from '../common/if-given.js';
import { IsCode } from '../common/is-code.js';
import { CHANNEL_KINDS, type ChannelKind } from './channel-kind.js';

const UNKNOWN_POLICIES = ['resend', 'hold'] as const;
type UnknownPolicy = (typeof UNKNOWN_POLICIES)[number];

export class UpdateChannelDto {
  /**
   * Name for people, 1 to 200 characters. A new channel without one is named after its code.
   * @example 'Verification codes'
   */
  @IfGiven()
  @IsString()
  @Length(1, 200)
  name?: string;

  /**
   * Whether messages may name it. New channels are enabled.
   * @example true
   */
  @IfGiven()
  @IsBoolean()
  enabled?: boolean;

  /**
   * What to do when a vendor was called and its answer was lost: `resend` (at least once) or `hold` (at most once: the delivery
   * is listed as unknown and waits for a receipt or a person). A new sms channel holds, all others resend.
   * @example 'hold'
   */
  @IfGiven()
  @IsIn(UNKNOWN_POLICIES)
  unknownPolicy?: UnknownPolicy;

  /**
   * How many hours after the end of its message an unknown delivery of which nothing was heard is called failed, 1 to 2160; null: never.
   * A new channel that holds waits 72 hours, all others for ever.
   * @example 72
   */
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(2160)
  @ApiPropertyOptional({ type: 'integer', nullable: true })
  unknownAfterHours?: number | null;

  /**
   * What its messages ask of vendors unless they, or their template, say otherwise: `push` as in the options of a message. A change
   * replaces all of it. At most 16 KiB of JSON.
   * @example { "push": { "vendors": { "huawei": { "category": "WORK" }, "xiaomi": { "channelId": "106765" } } } }
   */
  @IfGiven()
  @IsSettings()
  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  options?: Record<string, unknown>;

  /**
   * Codes of 1 to 32 vendor accounts, in the order to try them; the vendor of each must serve the channel's kind. Required for
   * a new channel, except of kind `inbox`, which then uses the built-in inbox.
   * @example ['aliyun-sms', 'tencent-sms']
   */
  @IfGiven()
  @IsArray()
  @ArrayMinSize(1)
  @ArrayMaxSize(32)
  @IsCode({ each: true })
  route?: string[];
}

export class CreateChannelDto extends UpdateChannelDto {
  /**
   * What messages name it by; cannot be changed later.
   * @example '1001'
   */
  @IsCode()
  code: string;

  /**
   * What it carries its messages over; cannot be changed later.
   * @example 'sms'
   */
  @IsIn(CHANNEL_KINDS)
  kind: ChannelKind;
}

export class ChannelDto {
  /**
   * Number of the channel.
   * @example '12'
   */
  id: string;

  /**
   * What messages name it by.
   * @example '1001'
   */
  code: string;

  /**
   * Name for people.
   * @example 'Verification codes'
   */
  name: string;

  /**
   * What it carries its messages over.
   * @example 'sms'
   */
  kind: ChannelKind;

  /**
   * Whether messages may name it.
   * @example true
   */
  enabled: boolean;

  /**
   * What happens when a vendor's answer was lost: `resend` or `hold`.
   * @example 'hold'
   */
  unknownPolicy: UnknownPolicy;

  /**
   * How many hours after the end of its message an unknown delivery is called failed; null: never.
   * @example 72
   */
  unknownAfterHours: number | null;

  /**
   * What its messages ask of vendors unless they say otherwise.
   * @example { "push": { "vendors": { "huawei": { "category": "WORK" } } } }
   */
  @ApiProperty({ type: 'object', additionalProperties: true })
  options: Record<string, unknown>;

  /**
   * Codes of its vendor accounts, in the order they are tried.
   * @example ['aliyun-sms', 'tencent-sms']
   */
  route: string[];

  /** When it was made. */
  createdAt: Date;

  /** When it was last changed. */
  updatedAt: Date;
}

export class ChannelPageDto {
  /** The channels, in order of id. */
  items: ChannelDto[];

  /**
   * Give it back as `cursor` for the next page; null on the last one.
   * @example null
   */
  nextCursor: string | null;
}
