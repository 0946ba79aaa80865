import { ArrayMaxSize, IsArray, IsIn, IsOptional, IsString, Length } from 'class-validator';
import { IsCode } from '../common/is-code.js';
import { PageQuery } from '../common/pagination.js';
import { IfGiven } from '../common/if-given.js';
import { GROUP_KINDS, type GroupKind } from './recipient-group.entity.js';

/** A department, post, role or tag to make. */
export class CreateGroupDto {
  /**
   * What the group is. Departments form a tree, the others do not.
   * @example 'department'
   */
  @IsIn(GROUP_KINDS)
  kind: GroupKind;

  /**
   * Code, unique within the kind; cannot be changed.
   * @example 'DEPT001'
   */
  @IsCode()
  code: string;

  /**
   * Name people read, 1 to 200 characters.
   * @example 'Cardiology'
   */
  @IsString()
  @Length(1, 200)
  name: string;

  /**
   * Code of the department above; absent or null: a root. Departments only, at most 64 levels deep.
   * @example 'DEPT000'
   */
  @IsOptional()
  @IsCode()
  parent?: string | null;
}

/** What to change of a group; fields left out stay. */
export class UpdateGroupDto {
  /**
   * Name people read, 1 to 200 characters.
   * @example 'Cardiology and angiology'
   */
  @IfGiven()
  @IsString()
  @Length(1, 200)
  name?: string;

  /**
   * Code of the new department above, which takes everything below along; null makes a root. Not one that stands below.
   * @example 'DEPT002'
   */
  @IsOptional()
  @IsCode()
  parent?: string | null;
}

export class GroupQuery extends PageQuery {
  /**
   * Only this kind.
   * @example 'department'
   */
  @IsOptional()
  @IsIn(GROUP_KINDS)
  kind?: GroupKind;

  /**
   * Code of a department: only those directly below it.
   * @example 'DEPT000'
   */
  @IsOptional()
  @IsCode()
  parent?: string;
}

export class DeleteGroupQuery {
  /**
   * `remove` takes the members out instead of refusing.
   * @example 'remove'
   */
  @IsOptional()
  @IsIn(['remove'])
  members?: 'remove';
}

/** A department, post, role or tag. */
export class GroupDto {
  /**
   * Its id.
   * @example '5'
   */
  id: string;

  /**
   * What the group is.
   * @example 'department'
   */
  kind: GroupKind;

  /**
   * Code, unique within the kind.
   * @example 'DEPT001'
   */
  code: string;

  /**
   * Name people read.
   * @example 'Cardiology'
   */
  name: string;

  /**
   * Code of the department above; null for roots and other kinds.
   * @example 'DEPT000'
   */
  parent: string | null;

  /**
   * Ids from the root down to this group.
   * @example '/1/5/'
   */
  path: string;

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

export class GroupPageDto {
  /** The groups, by id. */
  items: GroupDto[];

  /**
   * `cursor` of the next page; null on the last one.
   * @example null
   */
  nextCursor: string | null;
}

/** Who shall enter and who shall leave a group. */
export class ChangeMembersDto {
  /**
   * Codes of those to put in, at most 10000.
   * @example ['USER001', 'USER002']
   */
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(10_000)
  @IsCode({ each: true })
  add?: string[];

  /**
   * Codes of those to take out, at most 10000; done before `add`.
   * @example ['USER003']
   */
  @IfGiven()
  @IsArray()
  @ArrayMaxSize(10_000)
  @IsCode({ each: true })
  remove?: string[];
}

/** What became of a change of members. */
export class MembersChangedDto {
  /**
   * How many were put in that were not in before.
   * @example 2
   */
  added: number;

  /**
   * How many were taken out.
   * @example 1
   */
  removed: number;

  /**
   * Codes, from both lists, that name nobody; the others were done.
   * @example []
   */
  unknown: string[];
}

/** A person in a group. */
export class MemberDto {
  /**
   * The person's id.
   * @example '42'
   */
  id: string;

  /**
   * The person's code.
   * @example 'USER001'
   */
  code: string;

  /**
   * The person's name.
   * @example 'Zhang Wei'
   */
  name: string;
}

export class MemberPageDto {
  /** The members, by id. */
  items: MemberDto[];

  /**
   * `cursor` of the next page; null on the last one.
   * @example null
   */
  nextCursor: string | null;
}
