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

  /**
   * Places in the tree of departments, as codes from the root down: everyone in the department at the end of the path and in those
   * below it. The first and the last slash may be left out. A path that does not lead down the tree names nobody.
   * @example ['/DEPT001/DEPT003/']
   */
  @IfGiven()
  @IsArray({ message: 'must be a list' })
  scopes?: string[];
}

/**
 * Which devices get it, of the people named and of `all`. Devices are what `push` and `im` channels reach: phones, mailboxes and
 * inboxes are not touched, and neither are endpoints named one by one, by id, alias or address. It names nobody by itself.
 */
export class DevicesDto {
  /**
   * Only devices of these platforms, named as at registration, in any case; at most 50. Absent: devices of every platform.
   * @example ['ios', 'android']
   */
  @IfGiven()
  @IsArray({ message: 'must be a list' })
  platforms?: string[];

  /**
   * Of each person's devices that a channel reaches (and that `platforms` leaves) only the one registered last. Registering a device
   * again makes it the last.
   * @example true
   */
  @IfGiven()
  @IsBoolean()
  latestOnly?: boolean;
}

/**
 * Who shall get the message: everyone (`all: true`), or the union of all selectors, less `exclude`. At most 10 000 codes,
 * aliases and addresses together; larger audiences are named by a group. A person reached through several selectors gets the message once.
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
   * Aliases of endpoints. Every endpoint that bears one when the message is planned gets it, on each of the message's channels of its
   * kind. An alias that nobody bears now is told in `unresolved`; together they may be borne by at most 10 000 endpoints.
   * @example ['ward-7-tablet']
   */
  @IfGiven()
  @IsArray({ message: 'must be a list' })
  aliases?: string[];

  /**
   * Raw addresses by channel code; each is used on that channel only, whether or not it belongs to a known person. At most 2000
   * bytes each.
   * @example { "1001": ["18660886275"] }
   */
  @IfGiven()
  @IsObject({ message: 'must be an object of lists by channel code' })
  @ApiPropertyOptional({ type: 'object', additionalProperties: { type: 'array', items: { type: 'string' } } })
  addresses?: Record<string, string[]>;

  /** Which devices of the people get it; absent: all of them. */
  @IfGiven()
  @IsPart(() => DevicesDto)
  devices?: DevicesDto;

  /** People who do not get it, however they are reached. */
  @IfGiven()
  @IsPart(() => SelectorsDto)
  exclude?: SelectorsDto;
}
