import { Controller, Get, NotFoundException, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { Public } from '../../../access/access-rules.js';
import { Config } from '../../../config/config.js';
import { LIVE_PAGE, LIVE_PAGE_POLICY } from './live-page.js';

/** A page that shows an inbox live. It knows nothing by itself: all it shows it gets with the token that is pasted into it. */
@Controller('live')
@ApiExcludeController()
@Public()
export class LivePageController {
  constructor(private readonly config: Config) {}

  @Get()
  getLivePage(@Res() reply: FastifyReply): void {
    // Its scripts come from the Socket.IO server, which only these processes have.
    if (!this.config.roles.includes('realtime')) throw new NotFoundException('This process serves no live clients.');
    void reply
      .headers({
        'content-security-policy': LIVE_PAGE_POLICY,
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-cache',
      })
      .type('text/html; charset=utf-8')
      .send(LIVE_PAGE);
  }
}
