import { ApiExtraModels, ApiProperty, getSchemaPath } from '@nestjs/swagger';

/** Codes, ids or addresses: how many, and the first of them. */
export class NamedItemsDto {
  /**
   * How many there are.
   * @example 1
   */
  @ApiProperty({ type: 'integer' })
  count: number;

  /**
   * The first 100, by their present codes; what was deleted since is counted but not named.
   * @example ['USER001']
   */
  items: string[];
}

/** People of an audience by code. */
export class SelectorsSummaryDto {
  /** Recipients by code. */
  users: NamedItemsDto;

  /** Departments by code, each with those below it, whether they were named by code or by scope. */
  departments: NamedItemsDto;

  /** Posts by code. */
  posts: NamedItemsDto;

  /** Roles by code. */
  roles: NamedItemsDto;

  /** Tags by code. */
  tags: NamedItemsDto;
}

/** Which devices of the people get the message. */
export class DevicesSummaryDto {
  /**
   * Platforms in lower case; null: all.
   * @example ['ios']
   */
  @ApiProperty({ type: [String], nullable: true })
  platforms: string[] | null;

  /**
   * Only the device that each person registered last.
   * @example false
   */
  latestOnly: boolean;
}

/** Whom a message is for. */
@ApiExtraModels(NamedItemsDto)
export class AudienceSummaryDto extends SelectorsSummaryDto {
  /**
   * Everyone in the organisation.
   * @example false
   */
  all: boolean;

  /** Single endpoints by id. */
  endpoints: NamedItemsDto;

  /** Endpoints by alias. */
  aliases: NamedItemsDto;

  /**
   * Raw addresses by channel code.
   * @example { "1001": { "count": 1, "items": ["18660886275"] } }
   */
  @ApiProperty({ type: 'object', additionalProperties: { $ref: getSchemaPath(NamedItemsDto) } })
  addresses: Record<string, NamedItemsDto>;

  /** Which devices get it; null: all. */
  devices: DevicesSummaryDto | null;

  /** Who does not get it. */
  exclude: SelectorsSummaryDto;
}
