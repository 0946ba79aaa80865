import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsDefined, IsIn, IsInt, IsObject, IsString, Length, Max, Min, ValidateNested } from 'class-validator';
import { IfGiven } from '../common/if-given.js';
import { CHANNEL_KINDS, type ChannelKind, type Content } from '../channels/channel-kind.js';
import { IsCode } from '../common/is-code.js';

/** Which version to try, and with what. */
class TrialDto {
  /**
   * Left out: the published one, else the draft.
   * @example 1
   */
  @Max(2_147_483_647)
  @Min(1)
  @IsInt()
  @IfGiven()
  @ApiPropertyOptional({ type: 'integer' })
  version?: number;

  /**
   * Values of the variables, by name.
   * @example { "name": "Li Lei" }
   */
  @IsObject({ message: 'must be an object' })
  @IfGiven()
  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  params: Record<string, unknown> = {};
}

/** What to render. */
export class PreviewTemplateDto extends TrialDto {
  /**
   * Only the content for this kind of channel; left out: every kind the version has content for.
   * @example 'inbox'
   */
  @IsIn(CHANNEL_KINDS)
  @IfGiven()
  @ApiPropertyOptional({ enum: CHANNEL_KINDS })
  kind?: ChannelKind;

  /**
   * The locale to prefer (BCP 47); left out: the recipient's, else the organisation's.
   * @example 'zh-CN'
   */
  @Length(1, 64)
  @IsString()
  @IfGiven()
  locale?: string;

  /**
   * Code of the recipient to render for; needed where the text speaks of `recipient`.
   * @example 'USER001'
   */
  @IsCode()
  @IfGiven()
  @ApiPropertyOptional()
  recipient?: string;
}

/** The content for one kind of channel, in its final words. */
export class RenderedContentDto {
  /**
   * Which of the version's locales was chosen.
   * @example 'zh-CN'
   */
  locale: string;

  /**
   * As the person gets it; the HTML of an inbox is sanitised.
   * @example { "title": "通知", "html": "<p>您好 Li Lei</p>" }
   */
  @ApiProperty({ type: 'object', additionalProperties: true })
  content: Content;
}

/** A rendered version. */
export class TemplatePreviewDto {
  /**
   * The version that was rendered.
   * @example 1
   */
  @ApiProperty({ type: 'integer' })
  version: number;

  /**
   * By kind of channel.
   * @example { "inbox": { "locale": "zh-CN", "content": { "title": "通知", "html": "<p>您好 Li Lei</p>" } } }
   */
  @ApiProperty({
    type: 'object',
    additionalProperties: {
      type: 'object',
      required: ['locale', 'content'],
      properties: { locale: { type: 'string' }, content: { type: 'object', additionalProperties: true } },
    },
  })
  contents: Partial<Record<ChannelKind, RenderedContentDto>>;
}

/** To whom a test goes: give exactly one of the two. */
export class TestTargetDto {
  /**
   * Code of a recipient.
   * @example 'USER001'
   */
  @IsCode()
  @IfGiven()
  @ApiPropertyOptional()
  recipient?: string;

  /** An address on the channel, such as a phone number; 1 to 4096 characters. A person's data (`recipient.…`) is not known then. */
  @Length(1, 4096)
  @IsString()
  @IfGiven()
  address?: string;
}

/** A real message, as a test. */
export class TestSendDto extends TrialDto {
  /**
   * Code of the channel to send on.
   * @example '1001'
   */
  @IsCode()
  channel: string;

  /**
   * To whom it goes.
   * @example { "recipient": "USER001" }
   */
  @ValidateNested()
  @Type(() => TestTargetDto)
  @IsObject({ message: 'must be an object' })
  @IsDefined()
  to: TestTargetDto;
}

/** The message that a test made. */
export class TestSentDto {
  /**
   * Id of the message; `GET /api/v1/messages/{id}` tells what became of it.
   * @example '170001'
   */
  messageId: string;

  /**
   * The version that was sent.
   * @example 1
   */
  @ApiProperty({ type: 'integer' })
  version: number;
}
