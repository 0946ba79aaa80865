import { ApiExtraModels, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { IsArray, IsIn, IsObject, IsString, Length } from 'class-validator';
import { IfGiven } from '../../common/if-given.js';
import { IsSettings } from '../../access/is-settings.js';
import { IsCode } from '../../common/is-code.js';
import { PRIORITIES, type Priority } from '../message-request.js';
import { AudienceDto } from './audience.dto.js';
import { ContentDto } from './content.dto.js';
import { IsPart } from './is-part.js';
import { IsTime } from './is-time.js';

/** A published template, with the values of its variables. */
export class TemplateUseDto {
  /**
   * The template's code.
   * @example 'MSG1001'
   */
  @IsCode()
  code: string;

  /**
   * Values of the template's variables; at most 64 KiB as JSON.
   * @example { "code": "4711", "name": "Zhang Wei" }
   */
  @IfGiven()
  @IsObject({ message: 'must be an object' })
  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  params?: Record<string, unknown>;

  /**
   * Values that hold on one channel only, by channel code; they win over `params`.
   * @example { "1001": { "name": "Z. Wei" } }
   */
  @IfGiven()
  @IsObject({ message: 'must be an object of objects by channel code' })
  @ApiPropertyOptional({
    type: 'object',
    additionalProperties: { type: 'object', additionalProperties: true },
  })
  channelParams?: Record<string, Record<string, unknown>>;

  /**
   * Codes of the channels to use. Left out: every enabled channel whose kind the template has content for.
   * @example ['1002']
   */
  @IfGiven()
  @IsArray({ message: 'must be a list' })
  channels?: string[];
}

/** Who the message comes from, as it is shown. */
export class SenderDto {
  /**
   * The sender's own code; 1 to 64 characters.
   * @example 'lab'
   */
  @IfGiven()
  @IsString()
  @Length(1, 64)
  code?: string;

  /**
   * The sender's name; 1 to 200 characters.
   * @example 'Laboratory'
   */
  @IfGiven()
  @IsString()
  @Length(1, 200)
  name?: string;
}

/** One message: this content, to these people, through these channels, now or later. */
@ApiExtraModels(ContentDto)
export class CreateMessageDto {
  /** Who shall get it. */
  @IsPart(() => AudienceDto)
  audience: AudienceDto;

  /**
   * What to say, by channel code. Exactly one of `content` and `template` is given.
   * @example { "1002": { "title": "Your results are ready", "text": "Please come to the outpatient clinic." } }
   */
  @IfGiven()
  @IsObject({ message: 'must be an object of contents by channel code' })
  @ApiPropertyOptional({ type: 'object', additionalProperties: { $ref: getSchemaPath(ContentDto) } })
  content?: Record<string, ContentDto>;

  /** A template that says it, instead of `content`. */
  @IfGiven()
  @IsPart(() => TemplateUseDto)
  template?: TemplateUseDto;

  /**
   * Vendor accounts to try for this message, in this order, by channel code; only such as are on the channel's route. Left out: the
   * channel's route.
   * @example { "1001": ["sms-main"] }
   */
  @IfGiven()
  @IsObject({ message: 'must be an object of lists of vendor account codes by channel code' })
  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } })
  routes?: Record<string, string[]>;

  /**
   * `high` never waits behind a broadcast. Default: `normal`.
   * @example 'normal'
   */
  @IfGiven()
  @IsIn(PRIORITIES)
  priority?: Priority;

  /**
   * A word of your own, for filters and statistics; 1 to 64 characters. Default: the template's category, else `notice`.
   * @example 'notice'
   */
  @IfGiven()
  @IsString()
  @Length(1, 64)
  category?: string;

  /**
   * When to send, at most one year ahead; ISO 8601 with its zone. Left out or past: now.
   * @example '2026-12-01T08:00:00+08:00'
   */
  @IfGiven()
  @IsTime()
  sendAt?: string;

  /**
   * After this instant nobody gets it any more; ISO 8601 with its zone, after `sendAt`.
   * @example '2026-12-02T08:00:00+08:00'
   */
  @IfGiven()
  @IsTime()
  expiresAt?: string;

  /**
   * Makes repeating the call safe: the same request under the same key is answered as the first time and sent once; another
   * request under it is 409 `dedup_key_reused`. 1 to 128 characters. The header `Idempotency-Key` says the same.
   * @example 'lab-result-42'
   */
  @IfGiven()
  @IsString()
  @Length(1, 128)
  dedupKey?: string;

  /**
   * Your own id of what this belongs to; any number of messages may share it. 1 to 128 characters.
   * @example 'visit-20261201-7'
   */
  @IfGiven()
  @IsString()
  @Length(1, 128)
  correlationId?: string;

  /** Who it comes from. */
  @IfGiven()
  @IsPart(() => SenderDto)
  sender?: SenderDto;

  /**
   * What is asked of the vendors beyond the content. `push` is checked: `type` (`text`, `image`, `cmd`: handed to the app and not
   * shown), `bigText`, `image`, `badge` (`{ "set": n }` or `{ "add": n }`), `collapseKey`, `displayFrom`, `displayUntil`; `ios` and
   * `android` for all vendors of the platform; `vendors.<code>` for one, over those, with what `GET /api/v1/vendors` lists as its
   * `options`. Each vendor takes what it can express. Anything else is passed on to webhooks. At most 16 KiB as JSON.
   * @example { "push": { "badge": { "add": 1 }, "vendors": { "huawei": { "category": "WORK" } } } }
   */
  @IfGiven()
  @IsSettings()
  @ApiPropertyOptional({ type: 'object', additionalProperties: true })
  options?: Record<string, unknown>;
}
