import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiExtraModels, ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../access/access-rules.js';
import { ApiWorkPlus } from './api-workplus.js';
import { STATUSES, wrongParameter } from './statuses.js';
import {
  WorkPlusSaveTemplateDto,
  WorkPlusTemplateCellDto,
  WorkPlusTemplateListDto,
  WorkPlusTemplateDto,
} from './template.dto.js';
import { toSuccess, type WireSuccess } from './to-response.js';
import { WorkPlusAccess } from './workplus-access.js';
import { WorkPlusTemplates } from './workplus-templates.js';

const CONTENTS = [[{ content: '我是第一行:{{data1.DATA}}', align: 'center' }]];
const ACTIONS = [
  { name: '查看详情', value: 'https://example.com/detail' },
  { name: '投诉', value: 'https://example.com/complain' },
];
const TEMPLATE = {
  id: '86007b6c-5cd1-4a9d-a5a6-f85ba8fdd03f',
  domain_id: 'atwork',
  org_id: '85939199-6424-4f28-84d4-fce2aedf0e64',
  app_id: 'dafc2d03-3991-4de0-91d6-de3135c1fb4f',
  type: 'DEFAULT',
  title: '接口模板2',
  sample: '消息示例',
  operator: 'dafc2d03-3991-4de0-91d6-de3135c1fb4f',
  create_time: 1502336857426,
  refresh_time: 1502336857426,
  actions: ACTIONS,
  contents: CONTENTS,
  tags: '标签信息',
};
const SAVE = {
  example: {
    summary: '请求示例',
    value: { title: '接口模板2', tags: '标签信息', sample: '消息示例', actions: ACTIONS, contents: CONTENTS },
  },
};
const ApiTemplateId = (): MethodDecorator =>
  ApiParam({ name: 'id', description: '模板标识.', example: TEMPLATE.id, schema: { type: 'string' } });

/** Bodies are read by the dialect and not by the validation pipe: they are `unknown` on purpose. */
@Public()
@ApiTags('WorkPlus')
@ApiExtraModels(WorkPlusTemplateCellDto)
@Controller('v1/templates')
export class WorkPlusTemplatesController {
  constructor(
    private readonly access: WorkPlusAccess,
    private readonly templates: WorkPlusTemplates,
  ) {}

  @Get()
  @ApiWorkPlus({
    summary: '获取模板列表: list templates',
    description: 'Every template of the organisation in use that has words for an inbox, the newest first.',
    result: WorkPlusTemplateListDto,
    example: { total_count: 1, records: [TEMPLATE] },
    failures: [wrongParameter('limit'), STATUSES.applicationUnsupported],
  })
  @ApiQuery({
    name: 'kw',
    required: false,
    schema: { type: 'string' },
    description: 'A part of the title or the tags.',
  })
  @ApiQuery({ name: 'skip', required: false, schema: { type: 'integer' }, description: '默认值0.' })
  @ApiQuery({ name: 'limit', required: false, schema: { type: 'integer' }, description: '默认值10, at most 100.' })
  async listWorkPlusTemplates(
    @Req() request: FastifyRequest,
    @Query() query: unknown,
  ): Promise<WireSuccess<WorkPlusTemplateListDto>> {
    const by = await this.access.admit(request);
    return toSuccess(await this.templates.list(by, query));
  }

  @Post()
  @HttpCode(200)
  @ApiWorkPlus({
    summary: '新增模板: create a template',
    description: 'It is in use at once.',
    result: WorkPlusTemplateDto,
    example: TEMPLATE,
    failures: [wrongParameter('contents'), STATUSES.applicationUnsupported],
  })
  @ApiBody({ type: WorkPlusSaveTemplateDto, examples: SAVE })
  async createWorkPlusTemplate(
    @Req() request: FastifyRequest,
    @Body() body: unknown,
  ): Promise<WireSuccess<WorkPlusTemplateDto>> {
    const by = await this.access.admit(request);
    return toSuccess(await this.templates.create(by, body));
  }

  @Get(':id')
  @ApiWorkPlus({
    summary: '获取模板详情: read a template',
    description: 'Of a template that was not made here, the lines are those of its text.',
    result: WorkPlusTemplateDto,
    example: TEMPLATE,
    failures: [wrongParameter('template_id'), STATUSES.applicationUnsupported],
  })
  @ApiTemplateId()
  async readWorkPlusTemplate(
    @Req() request: FastifyRequest,
    @Param('id') id: string,
  ): Promise<WireSuccess<WorkPlusTemplateDto>> {
    const by = await this.access.admit(request);
    return toSuccess(await this.templates.get(by, id));
  }

  @Post(':id')
  @HttpCode(200)
  @ApiWorkPlus({
    summary: '修改模板: change a template',
    description: 'Replaces all of it. Messages sent before keep their words.',
    result: WorkPlusTemplateDto,
    example: TEMPLATE,
    failures: [wrongParameter('template_id'), wrongParameter('contents'), STATUSES.applicationUnsupported],
  })
  @ApiTemplateId()
  @ApiBody({ type: WorkPlusSaveTemplateDto, examples: SAVE })
  async changeWorkPlusTemplate(
    @Req() request: FastifyRequest,
    @Param('id') id: string,
    @Body() body: unknown,
  ): Promise<WireSuccess<WorkPlusTemplateDto>> {
    const by = await this.access.admit(request);
    return toSuccess(await this.templates.change(by, id, body));
  }
}
