import { ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsObject, IsOptional, IsString, Length, Matches, ValidateNested } from 'class-validator';
import { IsCode } from '../common/is-code.js';
import { PageQuery } from '../common/pagination.js';
import { EndpointDto } from './endpoint.dto.js';
import { GroupCodesDto } from './group-codes.dto.js';
import { IfGiven } from '../common/if-given.js';
import { IsRecipientId } from './is-recipient-id.js';
import { RecipientFieldsDto } from './recipient-fields.dto.js';

/** A person to make. */
export class CreateRecipientDto extends RecipientFieldsDto {
  /** Id to keep from another system, 1 to 999999999999999; left out, as it mostly is: the next free one. Cannot be changed. */
  @ApiPropertyOptional({ type: String, pattern: '^[1-9][0-9]{0,14}$' })
  @IfGiven()
  @IsRecipientId()
  id?: string | number;

  /**
   * Code, unique in the organisation; cannot be changed.
   * @example 'USER001'
   */
  @IsCode()
  code: string;

  /**
   * Name people read, 1 to 200 characters.
   * @example 'Zhang Wei'
   */
  @IsString()
  @Length(1, 200)
  name: string;

  /** Groups to be in; each must exist. */
  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => GroupCodesDto)
  groups?: GroupCodesDto;
}

/** What to change of a person; fields left out stay, null clears where it is allowed. */
export class UpdateRecipientDto extends RecipientFieldsDto {
  /**
   * Name people read, 1 to 200 characters.
   * @example 'Zhang Wei'
   */
  @IfGiven()
  @IsString()
  @Length(1, 200)
  name?: string;

  /** Groups to be in; each must exist. */
  @IfGiven()
  @IsObject()
  @ValidateNested()
  @Type(() => GroupCodesDto)
  groups?: GroupCodesDto;
}

export class RecipientQuery extends PageQuery {
  /**
   * Only the person with this code.
   * @example 'USER001'
   */
  @IsOptional()
  @IsCode()
  code?: string;

  /**
   * Kind and code of a group: only its direct members.
   * @example 'department:DEPT001'
   */
  @IsOptional()
  @IsString()
  @Matches(/^(department|post|role|tag):./, { message: 'must be a kind and a code, such as department:DEPT001' })
  group?: string;

  /**
   * Only people whose name or code begins like this, in upper or lower case; 1 to 100 characters.
   * @example 'Zhang'
   */
  @IsOptional()
  @IsString()
  @Length(1, 100)
  search?: string;
}

/** Codes of the groups a person is in. */
export class RecipientGroupsDto {
  /**
   * Department codes.
   * @example ['DEPT001']
   */
  departments: string[];

  /**
   * Post codes.
   * @example []
   */
  posts: string[];

  /**
   * Role codes.
   * @example []
   */
  roles: string[];

  /**
   * Tag codes.
   * @example ['vip']
   */
  tags: string[];
}

/** A person. */
export class RecipientDto {
  /**
   * Its id.
   * @example '42'
   */
  id: string;

  /**
   * Code, unique in the organisation.
   * @example 'USER001'
   */
  code: string;

  /**
   * Name people read.
   * @example 'Zhang Wei'
   */
  name: string;

  /**
   * Language tag; null: the organisation's.
   * @example 'zh-CN'
   */
  locale: string | null;

  /**
   * IANA time zone.
   * @example 'Asia/Shanghai'
   */
  timeZone: string | null;

  /**
   * A second name, unique in the organisation.
   * @example null
   */
  clientId: string | null;

  /**
   * Anything else templates may use of the person.
   * @example { "title": "Dr." }
   */
  attributes: Record<string, unknown>;

  /**
   * Whether messages reach the person at all.
   * @example true
   */
  enabled: boolean;

  /** The groups the person is in. */
  groups: RecipientGroupsDto;

  /** Where the person can be reached, by id. */
  endpoints: EndpointDto[];

  /**
   * When it was made.
   * @example '2026-11-30T08:00:00.000Z'
   */
  createdAt: Date;

  /**
   * When it was last changed.
   * @example '2026-11-30T08:00:00.000Z'
   */
  updatedAt: Date;
}

export class RecipientPageDto {
  /** The people, by id. */
  items: RecipientDto[];

  /**
   * `cursor` of the next page; null on the last one.
   * @example null
   */
  nextCursor: string | null;
}
