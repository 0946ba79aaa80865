import { Controller, Delete, Get, Options, Patch, Put, Req, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../access/access-rules.js';
import { allowAnyOrigin } from './allow-any-origin.js';
import { MobilearkGateway, type MobilearkRequest } from './mobileark-gateway.js';

/** Other verbs are refused where the gateway refuses them: once everything that it checks before is right. */
@Public()
@ApiExcludeController()
@Controller('thirdpartaccess')
export class OtherVerbsController {
  constructor(private readonly gateway: MobilearkGateway) {}

  @Get()
  get(@Req() request: MobilearkRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    return this.refuse(request, reply);
  }

  @Put()
  put(@Req() request: MobilearkRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    return this.refuse(request, reply);
  }

  @Patch()
  patch(@Req() request: MobilearkRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    return this.refuse(request, reply);
  }

  @Delete()
  delete(@Req() request: MobilearkRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    return this.refuse(request, reply);
  }

  @Options()
  options(@Req() request: MobilearkRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<void> {
    return this.refuse(request, reply);
  }

  private async refuse(request: MobilearkRequest, reply: FastifyReply): Promise<void> {
    allowAnyOrigin(reply);
    await this.gateway.admit(request);
  }
}
