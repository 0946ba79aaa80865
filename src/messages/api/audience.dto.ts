import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsArray, IsBoolean, IsObject } from 'class-validator';
import { IfGiven } from '../../common/if-given.js';
import { IsPart } from './is-part.js';

/** People by code. Together the lists are a union; a code that names nobody is told in `unresolved` and is no error. */
export class SelectorsDto {
  /**
   * Codes of recipients.
   * @example ['USER001']
   */
  @IfGiven()
  @IsArray({ message: 'must be a list' })
  users?: string[];

  /**
   * Codes of departments; everyone in the departments below counts as well.
   * @example ['DEPT001']
   */
  @IfGiven()
  @IsArray({ message: 'must be a list' })
  departments?: string[];

  /**
   * Codes of posts.
   * @example ['POST001']
   */
  @IfGiven()
  @IsArray({ message: 'must be a list' })
  posts?: string[];

  /**
   * Codes of roles.
   * @example ['ROLE001']
   */
  @IfGiven()
  @IsArray({ message: 'must be a list' })
  roles?: string[];

  /**
   * Codes of tags.
   * @example ['vip']
   */
  @IfGiven()
  @IsArray({ message: 'must be a list' })
  tags?: string[];
}

/**
 * Who shall get the message: everyone (`all: true`), or the union of all selectors, less `exclude`. At most 10 000 codes and
 * addresses together; larger audiences are named by a group. A person reached through several selectors gets the message once.
 * An empty audience is refused, so that a broadcast is only ever asked for by name.
 */
export class AudienceDto extends SelectorsDto {
  /**
   * Everyone in the organisation. Stands alone: no other selector may be given with it, except `exclude`.
   * @example false
   */
  @IfGiven()
  @IsBoolean()
  all?: boolean;

  /**
   * Ids of endpoints (single devices, phones, mailboxes).
   * @example ['42']
   */
  @IfGiven()
  @IsArray({ message: 'must be a list' })
  endpoints?: string[];

  /**
   * Raw addresses by channel code; each is used on that channel only, whether or not it belongs to a known person. At most 2000
   * bytes each.
   * @example { "1001": ["18660886275"] }
   */
  @IfGiven()
  @IsObject({ message: 'must be an object of lists by channel code' })
  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } })
  addresses?: Record<string, string[]>;

  /** People who do not get it, however they are reached. */
  @IfGiven()
  @IsPart(() => SelectorsDto)
  exclude?: SelectorsDto;
}
