import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { RequireScope, Tenant } from '../access/access-rules.js';
import { ApiTenant } from '../access/api-tenant.js';
import { ApiProblems } from '../common/api-problems.js';
import { pageOf } from '../common/pagination.js';
import { CreateGroupDto, DeleteGroupQuery, GroupDto, GroupPageDto, GroupQuery, UpdateGroupDto } from './group.dto.js';
import { GroupKindPipe } from './group-kind.pipe.js';
import { Groups, type PlacedGroup } from './groups.service.js';
import { GROUP_KINDS, type GroupKind } from './recipient-group.entity.js';

const toGroupDto = ({ id, ...group }: PlacedGroup): GroupDto => ({ id: String(id), ...group });

@ApiTags('Groups')
@ApiTenant()
@RequireScope('directory')
@Controller('api/v1/groups')
export class GroupsController {
  constructor(private readonly groups: Groups) {}

  @Post()
  @ApiOperation({
    summary: 'Create a group',
    description:
      'A department (perhaps below another), post, role or tag. 409 `already_exists` when the kind has this code.',
  })
  @ApiProblems(400, 409)
  async createGroup(@Tenant() organisationId: number, @Body() body: CreateGroupDto): Promise<GroupDto> {
    return toGroupDto(await this.groups.create(organisationId, body));
  }

  @Get()
  @ApiOperation({ summary: 'List groups', description: 'By id; every filter given must match.' })
  @ApiProblems(400)
  async listGroups(@Tenant() organisationId: number, @Query() query: GroupQuery): Promise<GroupPageDto> {
    return pageOf(await this.groups.list(organisationId, query), query.limit, ({ id }) => id, toGroupDto);
  }

  @Get(':kind/:key')
  @ApiOperation({ summary: 'Get a group', description: '`key` is the code, or `~` and the id.' })
  @ApiParam({ name: 'kind', enum: GROUP_KINDS })
  @ApiProblems(400, 404)
  async getGroup(
    @Tenant() organisationId: number,
    @Param('kind', GroupKindPipe) kind: GroupKind,
    @Param('key') key: string,
  ): Promise<GroupDto> {
    return toGroupDto(await this.groups.get(organisationId, kind, key));
  }

  @Patch(':kind/:key')
  @ApiOperation({
    summary: 'Change a group',
    description: 'Another `parent` moves a department with everything below it. Kind and code cannot be changed.',
  })
  @ApiParam({ name: 'kind', enum: GROUP_KINDS })
  @ApiProblems(400, 404)
  async updateGroup(
    @Tenant() organisationId: number,
    @Param('kind', GroupKindPipe) kind: GroupKind,
    @Param('key') key: string,
    @Body() body: UpdateGroupDto,
  ): Promise<GroupDto> {
    return toGroupDto(await this.groups.update(organisationId, kind, key, body));
  }

  @Delete(':kind/:key')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Delete a group',
    description:
      '409 `in_use` while departments stand below it, or while it has members and `members=remove` is not given.',
  })
  @ApiParam({ name: 'kind', enum: GROUP_KINDS })
  @ApiProblems(400, 404, 409)
  deleteGroup(
    @Tenant() organisationId: number,
    @Param('kind', GroupKindPipe) kind: GroupKind,
    @Param('key') key: string,
    @Query() query: DeleteGroupQuery,
  ): Promise<void> {
    return this.groups.delete(organisationId, kind, key, query.members === 'remove');
  }
}
