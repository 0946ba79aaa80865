import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { ApiProblems } from '../common/api-problems.js';
import { cursorId, pageOf, PageQuery } from '../common/pagination.js';
import { RequireScope, Tenant } from './access-rules.js';
import { AdminTenant } from './admin-tenant.js';
import { ApiTenant } from './api-tenant.js';
import {
  ApplicationDto,
  ApplicationPageDto,
  CreateApplicationDto,
  toApplicationDto,
  UpdateApplicationDto,
} from './application.dto.js';
import { Applications } from './applications.js';

@Controller('api/v1/applications')
@ApiTags('Applications')
@ApiTenant()
@RequireScope('operate')
export class ApplicationsController {
  constructor(private readonly applications: Applications) {}

  @Get()
  @ApiOperation({ summary: 'List applications', description: 'Of the organisation, by id, ascending.' })
  @ApiProblems(400)
  async listApplications(
    @Tenant() organisationId: number,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<ApplicationPageDto> {
    const rows = await this.applications.list(organisationId, limit, cursorId(cursor));
    return pageOf(rows, limit, ({ id }) => id, toApplicationDto);
  }

  @Post()
  @ApiOperation({
    summary: 'Create an application',
    description: 'Only with the admin key. 409 `already_exists` when the code is taken in this organisation.',
  })
  @ApiProblems(400, 409)
  async createApplication(
    @AdminTenant() organisationId: number,
    @Body() body: CreateApplicationDto,
  ): Promise<ApplicationDto> {
    return toApplicationDto(await this.applications.create(organisationId, body));
  }

  @Get(':key')
  @ApiOperation({ summary: 'Read an application', description: 'By its code, or by its id as `~1`.' })
  @ApiProblems(400, 404)
  async readApplication(@Tenant() organisationId: number, @Param('key') key: string): Promise<ApplicationDto> {
    return toApplicationDto(await this.applications.get(organisationId, key));
  }

  @Patch(':key')
  @ApiOperation({
    summary: 'Change an application',
    description: 'Only with the admin key. Changes only the fields given; the code stays.',
  })
  @ApiProblems(400, 404)
  async changeApplication(
    @AdminTenant() organisationId: number,
    @Param('key') key: string,
    @Body() body: UpdateApplicationDto,
  ): Promise<ApplicationDto> {
    return toApplicationDto(await this.applications.change(organisationId, key, body));
  }

  @Delete(':key')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Delete an application',
    description:
      'Only with the admin key. Its credentials go with it. 409 `in_use` when it has messages or schedules: switch it off with `enabled: false` instead.',
  })
  @ApiProblems(400, 404, 409)
  async deleteApplication(@AdminTenant() organisationId: number, @Param('key') key: string): Promise<void> {
    await this.applications.delete(organisationId, key);
  }
}
