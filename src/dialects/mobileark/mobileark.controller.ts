import { Controller, HttpCode, Post, Req, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../access/access-rules.js';
import { allowAnyOrigin } from './allow-any-origin.js';
import { ApiGateway, ApiSignHelper } from './api-mobileark.js';
import type { GatewayResult } from './gateway-call.js';
import { MobilearkGateway, type MobilearkRequest } from './mobileark-gateway.js';
import { MobilearkMethods } from './mobileark-methods.js';
import { readParameters } from './read-parameters.js';
import type { SignatureDto } from './sign-helper.dto.js';
import { signatureBase, signatureOf } from './signature.js';
import { missingParameters } from './wire-error.js';

/** One path for every method, as the gateway has it. */
@Public()
@ApiTags('MobileArk')
@Controller('thirdpartaccess')
export class MobilearkController {
  constructor(
    private readonly gateway: MobilearkGateway,
    private readonly methods: MobilearkMethods,
  ) {}

  @Post()
  @HttpCode(200)
  @ApiGateway()
  async call(
    @Req() request: MobilearkRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GatewayResult['reply']> {
    allowAnyOrigin(reply);
    const call = await this.gateway.admit(request);
    const result = await this.methods.call(call);
    if (result.messageId !== undefined) void reply.header('X-Message-Id', result.messageId);
    return result.reply;
  }

  @Post('sign-helper')
  @HttpCode(200)
  @ApiSignHelper()
  sign(@Req() request: MobilearkRequest): SignatureDto {
    const parameters = readParameters(request);
    const secret = parameters.get('secret');
    if (secret === undefined) throw missingParameters(['secret']);
    const base = signatureBase(parameters, 'secret');
    return { sign: signatureOf(base, secret), base };
  }
}
