import { Body, Controller, Get, HttpCode, Param, Post, Query, Req } from '@nestjs/common';
import { ApiBody, ApiParam, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyRequest } from 'fastify';
import { Public } from '../../access/access-rules.js';
import { ANY_WRONG_PARAMETER, ApiWorkPlus, printedExample } from './api-workplus.js';
import { WORKPLUS_EXAMPLES } from './examples.js';
import { WorkPlusPushDto } from './mbox.dto.js';
import { WorkPlusPushResultDto, WorkPlusPushStateDto } from './mbox-reply.dto.js';
import { STATUSES, wrongParameter } from './statuses.js';
import { toSuccess, type WireSuccess } from './to-response.js';
import { WorkPlusAccess } from './workplus-access.js';
import { WorkPlusMessages } from './workplus-messages.js';
import { WorkPlusPlans } from './workplus-plans.js';

const RESULT = {
  domain_id: 'atwork',
  org_id: 'a918d8a6-67e9-4e76-8503-baa73d3c6fd2',
  id: 'f3b9250c-96d4-414b-be7f-308f2fdeca99',
  app_id: '92bc3faa-12bd-4afc-9962-01f2410f0bee',
  material_id: '52dec89a-04a0-4127-99b5-a3d136c638a4',
  expects: 1,
  fails: 0,
  oks: 0,
  create_time: 1485053077748,
  refresh_time: 0,
  expect_time: 1485054877748,
};

/** Bodies are read by the dialect and not by the validation pipe: they are `unknown` on purpose. */
@Public()
@ApiTags('WorkPlus')
@Controller('v1/apps/mbox')
export class WorkPlusMboxController {
  constructor(
    private readonly access: WorkPlusAccess,
    private readonly messages: WorkPlusMessages,
    private readonly plans: WorkPlusPlans,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiWorkPlus({
    summary: '消息推送: push a message',
    description:
      "Puts a message into people's inboxes. The body may be the JSON of the document as printed, comments and trailing commas " +
      'included. A push that names nobody and is not `for_all` succeeds and is not sent; one that names only people that do not ' +
      'exist is 202012.',
    result: WorkPlusPushResultDto,
    example: { ...RESULT, scopes: [], client_ids: ['/232/301/c24b6a94cfb14b79af12a1399edc9e31'] },
    failures: [
      ANY_WRONG_PARAMETER,
      STATUSES.noMedia,
      STATUSES.noEmployee,
      STATUSES.noApplication,
      STATUSES.applicationUnsupported,
    ],
  })
  @ApiQuery({ name: 'source_type', required: false, enum: ['NATIVE', 'ISV'], description: '默认值为NATIVE.' })
  @ApiQuery({ name: 'for_all', required: false, schema: { type: 'boolean' }, description: '是否全员推送.' })
  @ApiQuery({
    name: 'direct',
    required: false,
    schema: { type: 'boolean' },
    description: 'Ahead of what waits; to at most 400 people named by client_ids and usernames.',
  })
  @ApiBody({
    type: WorkPlusPushDto,
    examples: {
      text: printedExample('文本示例', WORKPLUS_EXAMPLES.text),
      image: printedExample('图片示例', WORKPLUS_EXAMPLES.image),
      file: printedExample('文件示例', WORKPLUS_EXAMPLES.file),
      article: printedExample('图文示例', WORKPLUS_EXAMPLES.article),
      template: printedExample('模板消息', WORKPLUS_EXAMPLES.template),
    },
  })
  async pushToMbox(
    @Req() request: FastifyRequest,
    @Query() query: unknown,
    @Body() body: unknown,
  ): Promise<WireSuccess<WorkPlusPushResultDto>> {
    const by = await this.access.admit(request);
    return toSuccess(await this.messages.push(by, query, body));
  }

  @Get(':id')
  @ApiWorkPlus({
    summary: 'Ask how far a push has come (extension)',
    description:
      'The document has no such call. The counts are those of the deliveries now; the application sees its own pushes only. A push ' +
      'that was for nobody was not sent and is not found.',
    result: WorkPlusPushStateDto,
    example: { ...RESULT, oks: 1, refresh_time: 1485053078000, reads: 0, state: 'done' },
    failures: [wrongParameter('id'), STATUSES.applicationUnsupported],
  })
  @ApiParam({ name: 'id', description: '推送计划ID.', example: RESULT.id, schema: { type: 'string' } })
  async readPush(@Req() request: FastifyRequest, @Param('id') id: string): Promise<WireSuccess<WorkPlusPushStateDto>> {
    const by = await this.access.admit(request);
    return toSuccess(await this.plans.state(by, id));
  }
}
