import { Body, Controller, Get, HttpCode, Param, Post, Put, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { RequireScope, Tenant } from '../access/access-rules.js';
import { ApiTenant } from '../access/api-tenant.js';
import { ApiProblems } from '../common/api-problems.js';
import { cursorId, pageOf, PageQuery } from '../common/pagination.js';
import { SaveTemplateVersionDto, TemplateVersionDto, TemplateVersionPageDto } from './template-version.dto.js';
import { TemplateVersions } from './template-versions.js';
import { toTemplateVersionDto, toTemplateVersionSummaryDto, toVersionText } from './to-template-dto.js';
import { VersionNumberPipe } from './version-number.pipe.js';

@Controller('api/v1/templates/:key/versions')
@ApiTags('Templates')
@ApiTenant()
@RequireScope('templates')
export class TemplateVersionsController {
  constructor(private readonly versions: TemplateVersions) {}

  @Get()
  @ApiOperation({ summary: "List a template's versions", description: 'By version, ascending; without their texts.' })
  @ApiProblems(400, 404)
  async listTemplateVersions(
    @Tenant() organisationId: number,
    @Param('key') key: string,
    @Query() { limit, cursor }: PageQuery,
  ): Promise<TemplateVersionPageDto> {
    const rows = await this.versions.list(organisationId, key, limit, cursorId(cursor));
    return pageOf(rows, limit, ({ version }) => version, toTemplateVersionSummaryDto);
  }

  @Post()
  @ApiOperation({
    summary: 'Create a version',
    description: 'Makes the next draft. 409 `draft_exists` while there is one: change or archive that first.',
  })
  @ApiProblems(400, 404, 409)
  async createTemplateVersion(
    @Tenant() organisationId: number,
    @Param('key') key: string,
    @Body() body: SaveTemplateVersionDto,
  ): Promise<TemplateVersionDto> {
    return toTemplateVersionDto(await this.versions.create(organisationId, key, toVersionText(body)));
  }

  @Get(':version')
  @ApiOperation({ summary: 'Read a version', description: 'With its text.' })
  @ApiProblems(400, 404)
  async readTemplateVersion(
    @Tenant() organisationId: number,
    @Param('key') key: string,
    @Param('version', VersionNumberPipe) version: number,
  ): Promise<TemplateVersionDto> {
    return toTemplateVersionDto(await this.versions.get(organisationId, key, version));
  }

  @Put(':version')
  @ApiOperation({
    summary: 'Replace the text of a draft',
    description: '409 `version_immutable` when it is no draft: create a new version instead.',
  })
  @ApiProblems(400, 404, 409)
  async replaceTemplateVersion(
    @Tenant() organisationId: number,
    @Param('key') key: string,
    @Param('version', VersionNumberPipe) version: number,
    @Body() body: SaveTemplateVersionDto,
  ): Promise<TemplateVersionDto> {
    return toTemplateVersionDto(await this.versions.replace(organisationId, key, version, toVersionText(body)));
  }

  @Post(':version/publish')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Publish a version',
    description:
      'Messages accepted from now on use it (in other processes within 2 seconds); the version published before is archived. An archived version can be published again. 400 `undeclared_variables` when its texts use variables it does not declare.',
  })
  @ApiProblems(400, 404)
  async publishTemplateVersion(
    @Tenant() organisationId: number,
    @Param('key') key: string,
    @Param('version', VersionNumberPipe) version: number,
  ): Promise<TemplateVersionDto> {
    return toTemplateVersionDto(await this.versions.publish(organisationId, key, version));
  }

  @Post(':version/archive')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Archive a version',
    description: 'Takes it out of use; messages that already refer to it still go out.',
  })
  @ApiProblems(400, 404)
  async archiveTemplateVersion(
    @Tenant() organisationId: number,
    @Param('key') key: string,
    @Param('version', VersionNumberPipe) version: number,
  ): Promise<TemplateVersionDto> {
    return toTemplateVersionDto(await this.versions.archive(organisationId, key, version));
  }
}
