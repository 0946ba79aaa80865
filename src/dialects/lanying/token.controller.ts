import { All, Body, Controller, HttpCode, Param, Post, Req, Res } from '@nestjs/common';
import { ApiBody, ApiExcludeEndpoint, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Public } from '../../access/access-rules.js';
import { ApiLanying } from './api-lanying.js';
import { LanyingAccess } from './lanying-access.js';
import { LanyingSignIn, type SignInBy } from './lanying-sign-in.js';
import { refuseRoute } from './refuse-route.js';
import { type LanyingBody, toSuccess } from './to-response.js';
import { SignedInDto, TokenByIdDto, TokenByLoginDto, TokenByNameDto } from './token.dto.js';

const VERBS: ReadonlyMap<string, string> = new Map([
  ['id', 'POST'],
  ['user', 'POST'],
  ['login', 'POST'],
]);

const route = (summary: string): MethodDecorator =>
  ApiLanying({
    summary,
    description: 'Returns a token of the person, good for 30 days as `access-token` of this application only.',
    token: 'none',
    data: SignedInDto,
    success: { expire: 1798682400000, token: 'tdu_WzEsMSwiMTExIiwxNzk4NjgyNDAwMDAwXQ.c2lnbmF0dXJl', user_id: 111 },
    codes: [10000, 10010],
  });

/** Tokens of people; admin tokens are made in the native API. */
@Public()
@ApiTags('2 token接口')
@Controller('token')
export class LanyingTokenController {
  constructor(
    private readonly access: LanyingAccess,
    private readonly signIn: LanyingSignIn,
  ) {}

  @Post('id')
  @HttpCode(200)
  @route('通过用户ID和密码取普通用户token: sign in by user id')
  @ApiBody({ type: TokenByIdDto })
  tokenById(@Req() request: FastifyRequest, @Body() body: unknown): Promise<LanyingBody> {
    return this.token(request, 'user_id', body);
  }

  @Post('user')
  @HttpCode(200)
  @route('通过用户名和密码取普通用户token: sign in by user name')
  @ApiBody({ type: TokenByNameDto })
  tokenByName(@Req() request: FastifyRequest, @Body() body: unknown): Promise<LanyingBody> {
    return this.token(request, 'name', body);
  }

  @Post('login')
  @HttpCode(200)
  @route('通过用户名/手机号/邮箱取普通用户token: sign in by user name, phone number or mailbox')
  @ApiBody({ type: TokenByLoginDto })
  tokenByLogin(@Req() request: FastifyRequest, @Body() body: unknown): Promise<LanyingBody> {
    return this.token(request, 'login_name', body);
  }

  /** Whatever no route above takes: another verb, or another path. */
  @All('*')
  @ApiExcludeEndpoint()
  refuse(@Param('*') path: string, @Res({ passthrough: true }) reply: FastifyReply): never {
    return refuseRoute(VERBS, path, reply);
  }

  private async token(request: FastifyRequest, by: SignInBy, body: unknown): Promise<LanyingBody> {
    return toSuccess(await this.signIn.signIn(await this.access.application(request), by, body));
  }
}
