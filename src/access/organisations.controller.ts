import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../common/api-problems.js';
import { cursorId, pageOf, PageQuery } from '../common/pagination.js';
import { AdminOnly } from './access-rules.js';
import {
  CreateOrganisationDto,
  OrganisationDto,
  OrganisationPageDto,
  toOrganisationDto,
  UpdateOrganisationDto,
} from './organisation.dto.js';
import { Organisations } from './organisations.js';

@Controller('api/v1/organisations')
@ApiTags('Organisations')
@ApiBearerAuth('key')
@AdminOnly()
export class OrganisationsController {
  constructor(private readonly organisations: Organisations) {}

  @Get()
  @ApiOperation({ summary: 'List organisations', description: 'By id, ascending. Only with the admin key.' })
  @ApiProblems(400)
  async listOrganisations(@Query() { limit, cursor }: PageQuery): Promise<OrganisationPageDto> {
    const rows = await this.organisations.list(limit, cursorId(cursor));
    return pageOf(rows, limit, ({ id }) => id, toOrganisationDto);
  }

  @Post()
  @ApiOperation({
    summary: 'Create an organisation',
    description: 'Only with the admin key. 409 `already_exists` when the code is taken. Its code never changes.',
  })
  @ApiProblems(400, 409)
  async createOrganisation(@Body() body: CreateOrganisationDto): Promise<OrganisationDto> {
    return toOrganisationDto(await this.organisations.create(body));
  }

  @Get(':key')
  @ApiOperation({ summary: 'Read an organisation', description: 'By its code, or by its id as `~1`.' })
  @ApiProblems(400, 404)
  async readOrganisation(@Param('key') key: string): Promise<OrganisationDto> {
    return toOrganisationDto(await this.organisations.get(key));
  }

  @Patch(':key')
  @ApiOperation({ summary: 'Change an organisation', description: 'Changes only the fields given; the code stays.' })
  @ApiProblems(400, 404)
  async changeOrganisation(@Param('key') key: string, @Body() body: UpdateOrganisationDto): Promise<OrganisationDto> {
    return toOrganisationDto(await this.organisations.change(key, body));
  }

  @Delete(':key')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Delete an empty organisation',
    description:
      '409 `in_use` names what it still has. One that was ever used is switched off with `enabled: false` instead.',
  })
  @ApiProblems(400, 404, 409)
  async deleteOrganisation(@Param('key') key: string): Promise<void> {
    await this.organisations.delete(key);
  }
}
