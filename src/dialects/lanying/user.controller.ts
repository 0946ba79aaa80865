import { All, Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiBody, ApiExcludeEndpoint, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../access/access-rules.js';
import { ApiLanying } from './api-lanying.js';
import { LanyingAccess } from './lanying-access.js';
import { LanyingSignIn } from './lanying-sign-in.js';
import { LanyingUserCalls } from './lanying-user-calls.js';
import { refuseRoute } from './refuse-route.js';
import { type LanyingBody, toSuccess } from './to-response.js';
import {
  AliasDto,
  BadgeDto,
  BindTokenDto,
  PushDetailDto,
  RegisteredDto,
  RegisterPushDto,
  TagsDto,
} from './user.dto.js';
import { WireFields } from './wire-fields.js';

const VERBS: ReadonlyMap<string, string> = new Map([
  ['register/push', 'POST'],
  ['token/bind', 'POST, PUT'],
  ['token/unbind', 'POST, DELETE'],
  ['push', 'POST, PUT'],
  ['push/alias', 'POST'],
  ['push/badge', 'GET, POST'],
  ['push/detail', 'GET, POST, PUT'],
  ['push/limit', 'POST, PUT'],
  ['push/tag', 'GET, POST, DELETE'],
  ['push/tag/all', 'DELETE'],
]);

type Doing = Exclude<keyof LanyingUserCalls, 'listTags'>;

const done = (summary: string, description: string, codes: (10010 | 10011)[] = []): MethodDecorator =>
  ApiLanying({ summary, description, token: 'any', data: 'done', success: true, codes: [10000, ...codes] });
const flag = (description: string): MethodDecorator =>
  ApiQuery({ name: 'value', schema: { type: 'boolean' }, example: true, description });
const hour = (name: string, description: string): MethodDecorator =>
  ApiQuery({ name, schema: { type: 'integer', minimum: 0, maximum: 23 }, example: 7, description });
const deviceSn = ApiQuery({
  name: 'deviceSn',
  schema: { type: 'integer', format: 'int32' },
  example: 1,
  description: '设备序号.',
});

/** Who gets pushes. Fields may stand in the query or in the body; the body wins. */
@Public()
@ApiTags('1 用户接口')
@Controller('user')
export class LanyingUserController {
  constructor(
    private readonly access: LanyingAccess,
    private readonly signIn: LanyingSignIn,
    private readonly calls: LanyingUserCalls,
  ) {}

  @Post('register/push')
  @HttpCode(200)
  @ApiLanying({
    summary: '注册推送用户: make a person who signs in by password',
    description:
      'Needs no token, unless the application has `openRegistration` switched off: then an admin token. Makes a new person always; a name ' +
      'that the organisation has already, in whatever way it came there, is refused.',
    token: 'none',
    data: RegisteredDto,
    success: {
      id: 111,
      no_push: false,
      no_push_detail: false,
      no_push_end_hour: null,
      no_push_start_hour: null,
      push_token: 'tdp_3h.Qw0n3b3V0b2tlbl9zaWdu',
      user_id: 111,
    },
    codes: [10003, 10004, 10008, 10010, 10011],
  })
  @ApiBody({ type: RegisterPushDto })
  async registerPushUser(@Req() request: FastifyRequest, @Body() body: unknown): Promise<LanyingBody> {
    const application = await this.access.application(request);
    if (!application.settings.openRegistration) await this.access.admin(request);
    return toSuccess(await this.signIn.register(application, body));
  }

  @Post('token/bind')
  @HttpCode(200)
  @done('绑定token: give a device the token of its push vendor', 'The token leaves any other device it was bound to.')
  @ApiBody({ type: BindTokenDto })
  bindToken(@Req() request: FastifyRequest, @Query() query: unknown, @Body() body: unknown): Promise<LanyingBody> {
    return this.do(request, 'bind', query, body);
  }

  @Put('token/bind')
  @done('绑定token: the same as POST', 'The token leaves any other device it was bound to.')
  @ApiBody({ type: BindTokenDto })
  putToken(@Req() request: FastifyRequest, @Query() query: unknown, @Body() body: unknown): Promise<LanyingBody> {
    return this.do(request, 'bind', query, body);
  }

  @Post('token/unbind')
  @HttpCode(200)
  @done(
    '解绑token: take a device its token',
    'The device is then reached while it is connected. Once more does no harm.',
  )
  @deviceSn
  unbindToken(@Req() request: FastifyRequest, @Query() query: unknown, @Body() body: unknown): Promise<LanyingBody> {
    return this.do(request, 'unbind', query, body);
  }

  @Delete('token/unbind')
  @done('解绑token: the same as POST', 'The device is then reached while it is connected. Once more does no harm.')
  @deviceSn
  deleteToken(@Req() request: FastifyRequest, @Query() query: unknown, @Body() body: unknown): Promise<LanyingBody> {
    return this.do(request, 'unbind', query, body);
  }

  @Post('push/alias')
  @HttpCode(200)
  @done('绑定别名: name devices', "10011 when the alias is somebody else's, 10010 when the device is.", [10010, 10011])
  @ApiBody({ type: AliasDto })
  setAlias(@Req() request: FastifyRequest, @Query() query: unknown, @Body() body: unknown): Promise<LanyingBody> {
    return this.do(request, 'setAlias', query, body);
  }

  @Post('push/tag')
  @HttpCode(200)
  @done('绑定标签: tag the person', 'Tags that do not exist are made.', [10010])
  @ApiBody({ type: TagsDto })
  addTags(@Req() request: FastifyRequest, @Query() query: unknown, @Body() body: unknown): Promise<LanyingBody> {
    return this.do(request, 'addTags', query, body);
  }

  @Delete('push/tag')
  @done('解绑标签: untag the person', 'Tags the person does not bear are no error.', [10010])
  @ApiBody({ type: TagsDto })
  removeTags(@Req() request: FastifyRequest, @Query() query: unknown, @Body() body: unknown): Promise<LanyingBody> {
    return this.do(request, 'removeTags', query, body);
  }

  @Delete('push/tag/all')
  @done('删除所有标签: untag the person altogether', 'Once more does no harm.', [10010])
  removeAllTags(@Req() request: FastifyRequest, @Query() query: unknown): Promise<LanyingBody> {
    return this.do(request, 'removeAllTags', query, undefined);
  }

  @Get('push/tag')
  @ApiLanying({
    summary: '获取标签: the tags of the person',
    description: 'In order of tag.',
    token: 'any',
    data: 'texts',
    success: ['tag1', 'tag2'],
    codes: [10000],
  })
  async listTags(@Req() request: FastifyRequest): Promise<LanyingBody> {
    return toSuccess(await this.calls.listTags(await this.access.onBehalf(request)));
  }

  @Post('push/badge')
  @HttpCode(200)
  @done(
    '设置badge: keep a number for the person',
    'It is kept for whoever asks; what a push adds is added on the device.',
  )
  @ApiBody({ type: BadgeDto })
  setBadge(@Req() request: FastifyRequest, @Query() query: unknown, @Body() body: unknown): Promise<LanyingBody> {
    return this.do(request, 'setBadge', query, body);
  }

  @Get('push/badge')
  @ApiLanying({
    summary: '获取badge',
    description: 'As it was last set.',
    token: 'any',
    data: 'number',
    success: 3,
    codes: [10000],
  })
  async badge(@Req() request: FastifyRequest): Promise<LanyingBody> {
    const { user } = await this.access.onBehalf(request);
    return toSuccess(user.badge);
  }

  @Post('push')
  @HttpCode(200)
  @done('设置是否关闭推送: stop pushes, or let them come', 'Nothing is pushed to the person while they are stopped.')
  @flag('是否关闭推送: true stops them, false lets them come.')
  setNoPush(@Req() request: FastifyRequest, @Query() query: unknown, @Body() body: unknown): Promise<LanyingBody> {
    return this.do(request, 'setNoPush', query, body);
  }

  @Put('push')
  @done('设置是否关闭推送: the same as POST', 'Nothing is pushed to the person while they are stopped.')
  @flag('是否关闭推送: true stops them, false lets them come.')
  putNoPush(@Req() request: FastifyRequest, @Query() query: unknown, @Body() body: unknown): Promise<LanyingBody> {
    return this.do(request, 'setNoPush', query, body);
  }

  @Get('push/detail')
  @ApiLanying({
    summary: 'What the person set (extension)',
    description:
      'Whether pushes are stopped, whether their details are, and the quiet hours; null where none were set.',
    token: 'any',
    data: PushDetailDto,
    success: { no_push: false, no_push_detail: false, no_push_end_hour: 7, no_push_start_hour: 22 },
    codes: [10000],
  })
  async pushDetail(@Req() request: FastifyRequest): Promise<LanyingBody> {
    const { user } = await this.access.onBehalf(request);
    return toSuccess({
      no_push: user.noPush,
      no_push_detail: user.noPushDetail,
      no_push_end_hour: user.noPushEndHour,
      no_push_start_hour: user.noPushStartHour,
    });
  }

  @Post('push/detail')
  @HttpCode(200)
  @done('设置是否关闭推送详情: hide what pushes say', 'Kept and told; the words of a push are its sender’s.')
  @flag('是否关闭推送详情: true hides them, false does not.')
  setNoPushDetail(
    @Req() request: FastifyRequest,
    @Query() query: unknown,
    @Body() body: unknown,
  ): Promise<LanyingBody> {
    return this.do(request, 'setNoPushDetail', query, body);
  }

  @Put('push/detail')
  @done('设置是否关闭推送详情: the same as POST', 'Kept and told; the words of a push are its sender’s.')
  @flag('是否关闭推送详情: true hides them, false does not.')
  putNoPushDetail(
    @Req() request: FastifyRequest,
    @Query() query: unknown,
    @Body() body: unknown,
  ): Promise<LanyingBody> {
    return this.do(request, 'setNoPushDetail', query, body);
  }

  @Post('push/limit')
  @HttpCode(200)
  @done('设置推送免打扰时间: quiet hours', 'Kept and told; pushes are not held back by them.')
  @hour('no_push_start_hour', '推送免打扰开始的小时, 0 to 23.')
  @hour('no_push_end_hour', '推送免打扰结束的小时, 0 to 23.')
  setQuietHours(@Req() request: FastifyRequest, @Query() query: unknown, @Body() body: unknown): Promise<LanyingBody> {
    return this.do(request, 'setQuietHours', query, body);
  }

  @Put('push/limit')
  @done('设置推送免打扰时间: the same as POST', 'Kept and told; pushes are not held back by them.')
  @hour('no_push_start_hour', '推送免打扰开始的小时, 0 to 23.')
  @hour('no_push_end_hour', '推送免打扰结束的小时, 0 to 23.')
  putQuietHours(@Req() request: FastifyRequest, @Query() query: unknown, @Body() body: unknown): Promise<LanyingBody> {
    return this.do(request, 'setQuietHours', query, body);
  }

  /** Whatever no route above takes: another verb, or another path. */
  @All('*')
  @ApiExcludeEndpoint()
  refuse(@Param('*') path: string, @Res({ passthrough: true }) reply: FastifyReply): never {
    return refuseRoute(VERBS, path, reply);
  }

  private async do(request: FastifyRequest, what: Doing, query: unknown, body: unknown): Promise<LanyingBody> {
    const by = await this.access.onBehalf(request);
    const fields = WireFields.from({
      ...WireFields.from(query).values(),
      ...(body == null ? {} : WireFields.from(body).values()),
    });
    await this.calls[what](by, fields);
    return toSuccess(true);
  }
}
