import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireScope, Tenant } from '../access/access-rules.js';
import { ApiTenant } from '../access/api-tenant.js';
import { ApiProblems } from '../common/api-problems.js';
import { PageQuery, pageOf } from '../common/pagination.js';
import { ChannelDto, ChannelPageDto, CreateChannelDto, UpdateChannelDto } from './channel.dto.js';
import { ChannelService, type ChannelView } from './channel.service.js';
import { smallCursor } from './small-cursor.js';

const toChannelDto = (channel: ChannelView): ChannelDto => ({ ...channel, id: String(channel.id) });

@Controller('api/v1/channels')
@ApiTags('Channels')
@ApiTenant()
export class ChannelController {
  constructor(private readonly channels: ChannelService) {}

  @Get()
  @RequireScope('read')
  @ApiOperation({ summary: 'List channels', description: 'All channels of the organisation, in order of id.' })
  @ApiProblems(400)
  async listChannels(@Tenant() organisationId: number, @Query() query: PageQuery): Promise<ChannelPageDto> {
    const rows = await this.channels.list(organisationId, smallCursor(query.cursor), query.limit + 1);
    return pageOf(rows, query.limit, ({ id }) => id, toChannelDto);
  }

  @Post()
  @RequireScope('operate')
  @ApiOperation({
    summary: 'Create a channel',
    description:
      'A channel is what messages name: a kind, and the vendor accounts that carry it. Each account must be of a vendor ' +
      'that serves the kind; the error names those that are not, such as `route[0]`. 409 `already_exists`: the code is taken.',
  })
  @ApiProblems(400, 409)
  async createChannel(@Tenant() organisationId: number, @Body() body: CreateChannelDto): Promise<ChannelDto> {
    return toChannelDto(await this.channels.create(organisationId, body));
  }

  @Get(':key')
  @RequireScope('read')
  @ApiOperation({ summary: 'Get a channel', description: '`key` is its code, or `~` and its id.' })
  @ApiProblems(400, 404)
  async getChannel(@Tenant() organisationId: number, @Param('key') key: string): Promise<ChannelDto> {
    return toChannelDto(await this.channels.get(organisationId, key));
  }

  @Patch(':key')
  @RequireScope('operate')
  @ApiOperation({
    summary: 'Change a channel',
    description:
      'Changes the given fields; code and kind stay. A new route holds for what is planned from now on: every process ' +
      'knows of it within two seconds.',
  })
  @ApiProblems(400, 404)
  async updateChannel(
    @Tenant() organisationId: number,
    @Param('key') key: string,
    @Body() body: UpdateChannelDto,
  ): Promise<ChannelDto> {
    return toChannelDto(await this.channels.change(organisationId, key, body));
  }

  @Delete(':key')
  @HttpCode(204)
  @RequireScope('operate')
  @ApiOperation({
    summary: 'Delete a channel',
    description: '409 `in_use`: messages or schedules name it; disable it instead.',
  })
  @ApiProblems(400, 404, 409)
  async deleteChannel(@Tenant() organisationId: number, @Param('key') key: string): Promise<void> {
    await this.channels.delete(organisationId, key);
  }
}
