import {
  All,
  Body,
  Controller,
  Get,
  HttpCode,
  MethodNotAllowedException,
  NotFoundException,
  Param,
  Post,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import { ApiBody, ApiExcludeEndpoint, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../access/access-rules.js';
import { ApiMediway, printedExample } from './api-mediway.js';
import { MEDIWAY_EXAMPLES } from './examples.js';
import { MediwayAccess, type MediwayRequest } from './mediway-access.js';
import { MediwayPushes } from './mediway-pushes.js';
import { MediwayReading } from './mediway-reading.js';
import { PushChannelDto } from './push-channel.dto.js';
import { PushTemplateDto } from './push-template.dto.js';
import { MessageReadDto } from './read.dto.js';
import { MediwayListReplyDto, MediwayReadReplyDto, MediwayReplyDto } from './reply.dto.js';
import { readAppId } from './to-message.js';
import { toReadCommand } from './to-read.js';
import { type MediwayBody, toData, toSuccess } from './to-response.js';

/** The verb each path has. */
const VERBS: ReadonlyMap<string, string> = new Map([
  ['push/channel', 'POST'],
  ['push/template', 'POST'],
  ['read', 'POST'],
  ['list', 'GET'],
]);
const ACCEPTED = { code: 200, msg: '操作成功', msgId: '1024' };

/** Bodies are read by the dialect and not by the validation pipe: they are `unknown` on purpose. */
@Public()
@ApiTags('Mediway')
@Controller('api/openApi/message')
export class MediwayController {
  constructor(
    private readonly access: MediwayAccess,
    private readonly pushes: MediwayPushes,
    private readonly reading: MediwayReading,
  ) {}

  @Post('push/channel')
  @HttpCode(200)
  @ApiMediway({
    summary: '发送普通消息: send content per channel',
    description:
      'Sends what `channelData` says to everyone, to people named by user, department, post or role, or to accounts per channel. ' +
      'The body may be the JSON of the document as printed, comments, trailing commas and full-width punctuation included. ' +
      'Receivers that do not exist, and accounts that cannot be one of their channel, fail by themselves; the call succeeds.',
    reply: MediwayReplyDto,
    success: ACCEPTED,
  })
  @ApiBody({
    type: PushChannelDto,
    examples: {
      specified: printedExample('示例1（按照指定对象发消息）', MEDIWAY_EXAMPLES.channelToSpecified),
      custom: printedExample('示例2（按照自定义渠道账号发消息）', MEDIWAY_EXAMPLES.channelToCustom),
    },
  })
  async pushChannel(@Req() request: MediwayRequest, @Body() body: unknown): Promise<MediwayBody> {
    const by = await this.access.admit(request, readAppId(body));
    return toSuccess(await this.pushes.byChannel(by, body), by.settings).body;
  }

  @Post('push/template')
  @HttpCode(200)
  @ApiMediway({
    summary: '发送模板消息: send a template',
    description:
      'Sends the published version of a template through every channel it has content for; with `custom` receivers, through the ' +
      'channels named there that it has content for. `priority` has another scale than that of 发送普通消息.',
    reply: MediwayReplyDto,
    success: ACCEPTED,
  })
  @ApiBody({
    type: PushTemplateDto,
    examples: { specified: printedExample('示例', MEDIWAY_EXAMPLES.templateToSpecified) },
  })
  async pushTemplate(@Req() request: MediwayRequest, @Body() body: unknown): Promise<MediwayBody> {
    const by = await this.access.admit(request, readAppId(body));
    return toSuccess(await this.pushes.byTemplate(by, body), by.settings).body;
  }

  @Post('read')
  @HttpCode(200)
  @ApiMediway({
    summary: 'Mark in-site messages read (extension)',
    description:
      'The document mentions reading (阅读) by businessId and prints no call for it. Marks the in-site messages that the application sent ' +
      'under this businessId read, for one user or for everyone who got them. Repeating it changes nothing.',
    reply: MediwayReadReplyDto,
    success: { code: 200, msg: '操作成功', data: { read: 1 } },
  })
  @ApiBody({
    type: MessageReadDto,
    examples: {
      user: { summary: 'One user', value: { appId: '102343444', businessId: 'xxxxxx', user: 'USER001' } },
      everyone: { summary: 'Everyone', value: { appId: '102343444', businessId: 'xxxxxx' } },
    },
  })
  async readMessages(@Req() request: MediwayRequest, @Body() body: unknown): Promise<MediwayBody> {
    const by = await this.access.admit(request, readAppId(body));
    return toData({ read: await this.reading.markRead(by, toReadCommand(body)) }, by.settings).body;
  }

  @Get('list')
  @ApiMediway({
    summary: 'List messages by businessId (extension)',
    description:
      'What became of the messages that the application sent under this businessId: the 500 newest, newest first.',
    reply: MediwayListReplyDto,
    success: {
      code: 200,
      msg: '操作成功',
      data: [
        {
          msgId: '1024',
          state: 'done',
          createTime: '2026-12-01 08:00:00',
          target: 6,
          sent: 5,
          delivered: 3,
          read: 1,
          failed: 1,
          unknown: 0,
        },
      ],
    },
  })
  @ApiQuery({ name: 'appId', example: '102343444', schema: { type: 'string' }, description: '应用Id.' })
  @ApiQuery({
    name: 'businessId',
    example: 'xxxxxx',
    schema: { type: 'string' },
    description: '业务Id, as given when sending.',
  })
  async listMessages(@Req() request: MediwayRequest, @Query() query: unknown): Promise<MediwayBody> {
    const by = await this.access.admit(request, readAppId(query));
    return toData(await this.reading.list(by, toReadCommand(query)), by.settings).body;
  }

  /** Whatever no route above takes: another verb, or another path. */
  @All('*')
  @ApiExcludeEndpoint()
  refuse(@Param('*') path: string, @Res({ passthrough: true }) reply: FastifyReply): never {
    const verb = VERBS.get(path);
    if (verb === undefined) throw new NotFoundException();
    void reply.header('Allow', verb);
    throw new MethodNotAllowedException();
  }
}
