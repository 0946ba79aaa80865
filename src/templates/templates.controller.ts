import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireScope, Tenant } from '../access/access-rules.js';
import { ApiTenant } from '../access/api-tenant.js';
import { ApiProblems } from '../common/api-problems.js';
import { cursorId, pageOf } from '../common/pagination.js';
import {
  CreateTemplateDto,
  TemplateDetailDto,
  TemplatePageDto,
  TemplateQuery,
  UpdateTemplateDto,
} from './template.dto.js';
import { Templates } from './templates.js';
import { toTemplateDetailDto, toTemplateDto, toVersionText } from './to-template-dto.js';

@Controller('api/v1/templates')
@ApiTags('Templates')
@ApiTenant()
@RequireScope('templates')
export class TemplatesController {
  constructor(private readonly templates: Templates) {}

  @Get()
  @ApiOperation({
    summary: 'List templates',
    description: 'Of the organisation, by id, ascending; without their texts.',
  })
  @ApiProblems(400)
  async listTemplates(
    @Tenant() organisationId: number,
    @Query() { limit, cursor, code, state }: TemplateQuery,
  ): Promise<TemplatePageDto> {
    const rows = await this.templates.list(organisationId, { codePrefix: code, state }, limit, cursorId(cursor));
    return pageOf(rows, limit, ({ id }) => id, toTemplateDto);
  }

  @Post()
  @ApiOperation({
    summary: 'Create a template',
    description:
      'Its text becomes version 1, a draft; publish it to use it in messages. 409 `already_exists` when the code is taken in this organisation.',
  })
  @ApiProblems(400, 409)
  async createTemplate(@Tenant() organisationId: number, @Body() body: CreateTemplateDto): Promise<TemplateDetailDto> {
    const { code, name, category } = body;
    const created = await this.templates.create(organisationId, { code, name, category, ...toVersionText(body) });
    return toTemplateDetailDto(created);
  }

  @Get(':key')
  @ApiOperation({ summary: 'Read a template', description: 'By its code, or by its id as `~1`, with its versions.' })
  @ApiProblems(400, 404)
  async readTemplate(@Tenant() organisationId: number, @Param('key') key: string): Promise<TemplateDetailDto> {
    return toTemplateDetailDto(await this.templates.get(organisationId, key));
  }

  @Patch(':key')
  @ApiOperation({
    summary: 'Change a template',
    description: 'Changes only the fields given; the code stays, and the text is changed by a new version.',
  })
  @ApiProblems(400, 404)
  async changeTemplate(
    @Tenant() organisationId: number,
    @Param('key') key: string,
    @Body() body: UpdateTemplateDto,
  ): Promise<TemplateDetailDto> {
    return toTemplateDetailDto(await this.templates.change(organisationId, key, body));
  }

  @Delete(':key')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Delete a template',
    description:
      'With all its versions. 409 `in_use` when a message or a schedule uses it: archive its versions instead.',
  })
  @ApiProblems(400, 404, 409)
  async deleteTemplate(@Tenant() organisationId: number, @Param('key') key: string): Promise<void> {
    await this.templates.delete(organisationId, key);
  }
}
