import { Body, Controller, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiBody, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, RequireScope } from '../access/access-rules.js';
import { ApiTenant } from '../access/api-tenant.js';
import type { Caller } from '../access/principal.js';
import { ApiProblems } from '../common/api-problems.js';
import { pageOf } from '../common/pagination.js';
import { InvalidRequest } from '../common/problem.js';
import { parseTime } from '../messages/api/time-with-zone.js';
import { deliveryReference } from '../messages/reference.js';
import { Deliveries } from './deliveries.js';
import {
  DeliveryPageDto,
  DeliveryQuery,
  ResolvedDeliveriesDto,
  ResolveDeliveriesDto,
  toDeliveryDto,
} from './delivery.dto.js';
import { type Resolution, UnknownDeliveries } from './unknown-deliveries.js';

@Controller('api/v1/deliveries')
@ApiTags('Deliveries')
@ApiTenant()
export class DeliveriesController {
  constructor(
    private readonly deliveries: Deliveries,
    private readonly unknown: UnknownDeliveries,
  ) {}

  @Get()
  @RequireScope('read')
  @ApiOperation({
    summary: 'List deliveries',
    description:
      'Of a person, of a message, or of both; with `state=unknown` also of up to 31 days. Every filter given must match. Newest first. An application sees ' +
      'deliveries of its own messages. 404: there is no such person, or no such message that this caller may know of.',
  })
  @ApiProblems(400, 404)
  async listDeliveries(@CurrentCaller() caller: Caller, @Query() query: DeliveryQuery): Promise<DeliveryPageDto> {
    const rows = await this.deliveries.list(caller, query);
    return pageOf(
      rows,
      query.limit,
      ({ messageId, channelId, endpointId }) => deliveryReference(messageId, channelId, endpointId),
      toDeliveryDto,
    );
  }

  @Post('resolve')
  @HttpCode(200)
  @RequireScope('operate')
  @ApiOperation({
    summary: 'Settle unknown deliveries',
    description:
      'On a channel that must not send twice, a delivery whose answer was lost stays `unknown` until a receipt comes. A person ' +
      'who knows better settles it here, or has it sent again; the statistics are corrected. Repeating it changes nothing. ' +
      '409 `message_expired`: the message of the filter has expired, and no new `expiresAt` was given.',
  })
  @ApiBody({
    type: ResolveDeliveriesDto,
    examples: {
      named: {
        summary: 'One delivery, which did arrive',
        value: { items: [{ message: '42', channel: '1001', endpoint: '100' }], as: 'sent' },
      },
      message: {
        summary: 'Send a message again to all who may not have it',
        value: { filter: { message: '42' }, as: 'resend' },
      },
      day: {
        summary: 'Give up what is unknown of one day',
        value: { filter: { from: '2026-12-01', to: '2026-12-01' }, as: 'failed' },
      },
    },
  })
  @ApiProblems(400, 404, 409)
  async resolveDeliveries(
    @CurrentCaller() caller: Caller,
    @Body() body: ResolveDeliveriesDto,
  ): Promise<ResolvedDeliveriesDto> {
    const { items, filter } = body;
    const resolution = resolutionOf(body);
    if (items !== undefined && filter === undefined) return this.unknown.resolveNamed(caller, items, resolution);
    if (filter !== undefined && items === undefined) return this.unknown.resolveSelected(caller, filter, resolution);
    throw InvalidRequest.at('items', 'is needed unless filter is given, and only one of them');
  }
}

function resolutionOf({ as, expiresAt }: ResolveDeliveriesDto): Resolution {
  const until = expiresAt === undefined ? undefined : parseTime(expiresAt);
  if (as === 'resend') return until === undefined ? { as } : { as, expiresAt: until };
  if (until !== undefined) throw InvalidRequest.at('expiresAt', 'is for resend only');
  return as === 'failed' ? { as, reason: 'resolved-as-failed' } : { as };
}
