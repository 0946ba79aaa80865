import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import { RequireScope, Tenant } from '../access/access-rules.js';
import { ApiTenant } from '../access/api-tenant.js';
import { ApiProblems } from '../common/api-problems.js';
import { pageOf, PageQuery } from '../common/pagination.js';
import { ChangeMembersDto, MemberPageDto, MembersChangedDto } from './group.dto.js';
import { GroupKindPipe } from './group-kind.pipe.js';
import { GroupMembers } from './group-members.service.js';
import { GROUP_KINDS, type GroupKind } from './recipient-group.entity.js';

@ApiTags('Groups')
@ApiTenant()
@RequireScope('directory')
@Controller('api/v1')
export class GroupMembersController {
  constructor(private readonly members: GroupMembers) {}

  @Get('groups/:kind/:key/members')
  @ApiOperation({
    summary: 'List the members of a group',
    description: 'By id; only direct members, not those of the departments below.',
  })
  @ApiParam({ name: 'kind', enum: GROUP_KINDS })
  @ApiProblems(400, 404)
  async listGroupMembers(
    @Tenant() organisationId: number,
    @Param('kind', GroupKindPipe) kind: GroupKind,
    @Param('key') key: string,
    @Query() query: PageQuery,
  ): Promise<MemberPageDto> {
    const members = await this.members.list(organisationId, kind, key, query);
    return pageOf(
      members,
      query.limit,
      ({ id }) => id,
      ({ id, code, name }) => ({ id, code, name }),
    );
  }

  @Post('groups/:kind/:key/members')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Change the members of a group',
    description:
      'Takes out and puts in many people at once; codes that name nobody are listed in `unknown`, the rest is done.',
  })
  @ApiParam({ name: 'kind', enum: GROUP_KINDS })
  @ApiProblems(400, 404)
  changeGroupMembers(
    @Tenant() organisationId: number,
    @Param('kind', GroupKindPipe) kind: GroupKind,
    @Param('key') key: string,
    @Body() { add = [], remove = [] }: ChangeMembersDto,
  ): Promise<MembersChangedDto> {
    return this.members.change(organisationId, kind, key, { add, remove });
  }

  @Put('recipients/:key/groups/:kind/:code')
  @HttpCode(204)
  @ApiTags('Recipients')
  @ApiOperation({ summary: 'Put a recipient into a group', description: 'Does nothing when they are in it already.' })
  @ApiParam({ name: 'kind', enum: GROUP_KINDS })
  @ApiProblems(400, 404)
  joinGroup(
    @Tenant() organisationId: number,
    @Param('key') key: string,
    @Param('kind', GroupKindPipe) kind: GroupKind,
    @Param('code') code: string,
  ): Promise<void> {
    return this.members.join(organisationId, key, kind, code);
  }

  @Delete('recipients/:key/groups/:kind/:code')
  @HttpCode(204)
  @ApiTags('Recipients')
  @ApiOperation({ summary: 'Take a recipient out of a group', description: 'Does nothing when they are not in it.' })
  @ApiParam({ name: 'kind', enum: GROUP_KINDS })
  @ApiProblems(400, 404)
  leaveGroup(
    @Tenant() organisationId: number,
    @Param('key') key: string,
    @Param('kind', GroupKindPipe) kind: GroupKind,
    @Param('code') code: string,
  ): Promise<void> {
    return this.members.leave(organisationId, key, kind, code);
  }
}
