import { All, Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiExcludeEndpoint, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../access/access-rules.js';
import { InvalidRequest } from '../../common/problem.js';
import { ApiLanying } from './api-lanying.js';
import { PROVIDERS } from './certificate-settings.js';
import { NOTIFY_EXAMPLES } from './examples.js';
import { LanyingAccess, type LanyingCaller } from './lanying-access.js';
import { LanyingFault } from './lanying-fault.js';
import { LanyingPushes } from './lanying-pushes.js';
import { LanyingTasks } from './lanying-tasks.js';
import { PushAccounts, type WireEnvironment } from './push-accounts.js';
import { CertificateDto, NotifyDto, TaskDetailDto, TaskDetailRequestDto, TaskDto } from './push.dto.js';
import { refuseRoute } from './refuse-route.js';
import { type LanyingBody, toSuccess } from './to-response.js';
import { WireFields } from './wire-fields.js';

const VERBS: ReadonlyMap<string, string> = new Map([
  ['certificate', 'GET'],
  ['notify', 'POST'],
  ['task/detail', 'POST'],
]);

/** 推送接口. Bodies are read by the dialect and not by the validation pipe: they are `unknown` on purpose. */
@Public()
@ApiTags('7 推送接口')
@Controller('push')
export class LanyingPushController {
  constructor(
    private readonly access: LanyingAccess,
    private readonly pushes: LanyingPushes,
    private readonly tasks: LanyingTasks,
    private readonly accounts: PushAccounts,
  ) {}

  @Get('certificate')
  @ApiLanying({
    summary: '7.1 获取推送证书: the credentials for a push vendor',
    description:
      "The organisation's vendor account for devices of the vendor, in the document's words, of the application's own channel where " +
      'there is one. `data` is null when there is none. ' +
      'Secrets are returned to admin tokens only, and to nobody where the application has `redactCertificates` set.',
    token: 'admin',
    data: CertificateDto,
    form: 'nullable',
    success: { app_id: '100000001', app_key: null, app_secret: 'secret', certificate: null, name: 'huawei' },
    codes: [12006],
  })
  @ApiQuery({
    name: 'environment',
    required: false,
    schema: { type: 'integer', enum: [0, 1], default: 1 },
    description: '运行环境: 0 development, 1 production.',
  })
  @ApiQuery({
    name: 'provider',
    schema: { type: 'integer', enum: [1, 2, 3, 4, 5, 6, 7] },
    example: 2,
    description: '证书提供方: 1 APNS, 2 华为, 3 小米, 4 魅族, 5 VIVO, 6 OPPO, 7 FCM.',
  })
  async certificate(@Req() request: FastifyRequest, @Query() query: unknown): Promise<LanyingBody> {
    const by = await this.admin(request);
    const fields = WireFields.from(query);
    const environment = (fields.integer('environment', 0, 1) ?? 1) as WireEnvironment;
    const vendor = PROVIDERS[fields.requiredInteger('provider', 1, 7)];
    if (vendor === undefined) throw InvalidRequest.at('provider', 'is unknown');
    const { redactCertificates: redact, channel } = by.settings;
    const wanted = { vendor, environment, redact, channel };
    return toSuccess(await this.accounts.certificate(by.caller.organisationId, wanted));
  }

  @Post('notify')
  @HttpCode(200)
  @ApiLanying({
    summary: '7.2 发推送通知: send a push',
    description:
      'Sends one push to the devices that `audience` names. Names that reach nobody are no error: the task then counts nothing. ' +
      'A repeated `request_id` returns the first task and pushes nothing.',
    token: 'admin',
    data: TaskDto,
    success: { task_id: 1024 },
    codes: [12005, 12006],
  })
  @ApiBody({ type: NotifyDto, examples: { ...NOTIFY_EXAMPLES } })
  async notify(@Req() request: FastifyRequest, @Body() body: unknown): Promise<LanyingBody> {
    const by = await this.admin(request);
    return toSuccess({ task_id: Number(await this.pushes.notify(by, body)) });
  }

  @Post('task/detail')
  @HttpCode(200)
  @ApiLanying({
    summary: '7.3 查询推送统计结果: what became of tasks',
    description:
      'All 24 counters of each task, in the order asked for. Tasks that do not exist, or are of another application, are left out.',
    token: 'admin',
    data: TaskDetailDto,
    form: 'list',
    success: [],
    codes: [12005, 12006],
  })
  @ApiBody({ type: TaskDetailRequestDto })
  async taskDetail(@Req() request: FastifyRequest, @Body() body: unknown): Promise<LanyingBody> {
    const by = await this.admin(request);
    return toSuccess(await this.tasks.details(by, body));
  }

  /** Whatever no route above takes: another verb, or another path. */
  @All('*')
  @ApiExcludeEndpoint()
  refuse(@Param('*') path: string, @Res({ passthrough: true }) reply: FastifyReply): never {
    return refuseRoute(VERBS, path, reply);
  }

  private async admin(request: FastifyRequest): Promise<LanyingCaller> {
    const by = await this.access.admin(request);
    if (!by.settings.pushEnabled) throw new LanyingFault(12006);
    return by;
  }
}
