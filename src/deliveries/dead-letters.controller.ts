import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, RequireScope } from '../access/access-rules.js';
import { ApiTenant } from '../access/api-tenant.js';
import type { Caller } from '../access/principal.js';
import { ApiProblems } from '../common/api-problems.js';
import { pageOf } from '../common/pagination.js';
import { parseTime } from '../messages/api/time-with-zone.js';
import { deliveryReference } from '../messages/reference.js';
import { DeadLetterQuery, ReplayDeadLettersDto, ReplayedDeadLettersDto } from './dead-letter.dto.js';
import { DeadLetters } from './dead-letters.js';
import { DeliveryPageDto, toDeliveryDto } from './delivery.dto.js';

@Controller('api/v1/dead-letters')
@ApiTags('Dead letters')
@ApiTenant()
@RequireScope('operate')
export class DeadLettersController {
  constructor(private readonly deadLetters: DeadLetters) {}

  @Get()
  @ApiOperation({
    summary: 'List dead letters',
    description:
      'Deliveries that were given up: tried too often (`gave-up: …`) or until their message expired (`expired`, `expired: …`), ' +
      'and never taken by a vendor. Of one message, or of up to 31 days; newest first. An application sees those of its own messages.',
  })
  @ApiProblems(400, 404)
  async listDeadLetters(@CurrentCaller() caller: Caller, @Query() query: DeadLetterQuery): Promise<DeliveryPageDto> {
    const rows = await this.deadLetters.list(caller, query);
    return pageOf(
      rows,
      query.limit,
      ({ messageId, channelId, endpointId }) => deliveryReference(messageId, channelId, endpointId),
      toDeliveryDto,
    );
  }

  @Post('replay')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Send dead letters again',
    description:
      'Those that match are sent again from the first vendor account of their channel, as often as new ones; the statistics forget ' +
      'their failure and the message counts as being sent. Any number at once: it goes on in steps, and after an interruption the ' +
      'same call does the rest. Repeated or made twice at once, each is sent again once. 409 `message_expired`: the message named ' +
      'has expired, and no new `expiresAt` was given.',
  })
  @ApiBody({
    type: ReplayDeadLettersDto,
    examples: {
      message: { summary: 'All of one message', value: { message: '42' } },
      outage: {
        summary: 'What an account failed to take on one day, a part at first',
        value: { from: '2026-12-01', to: '2026-12-01', account: 'sms-main', reason: 'gave-up: ', limit: 100 },
      },
      expired: {
        summary: 'A message that expired meanwhile',
        value: { message: '42', expiresAt: '2026-12-01T20:00:00+08:00' },
      },
    },
  })
  @ApiProblems(400, 404, 409)
  replayDeadLetters(
    @CurrentCaller() caller: Caller,
    @Body() { limit, expiresAt, ...filter }: ReplayDeadLettersDto,
  ): Promise<ReplayedDeadLettersDto> {
    const until = expiresAt === undefined ? undefined : parseTime(expiresAt);
    return this.deadLetters.replay(caller, filter, {
      ...(limit === undefined ? {} : { limit }),
      ...(until === undefined ? {} : { expiresAt: until }),
    });
  }
}
