import { Controller, Get, Param, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, RequireScope } from '../../access/access-rules.js';
import { ApiTenant } from '../../access/api-tenant.js';
import type { Caller } from '../../access/principal.js';
import { ApiProblems } from '../../common/api-problems.js';
import { pageOf } from '../../common/pagination.js';
import { ExplanationDto, ExplanationQuery } from './explanation.dto.js';
import { deliveryKey, MessageDeliveries, type MessageDelivery } from './message-deliveries.js';
import { type MessageDeliveryDto, MessageDeliveryPageDto, MessageDeliveryQuery } from './message-delivery.dto.js';
import { MessageExplainer } from './message-explainer.js';
import { MessageTimeline } from './message-timeline.js';
import { TimelineDto, TimelineQuery } from './timeline.dto.js';

/** What is on record of a message. */
@ApiTags('Messages')
@ApiTenant()
@RequireScope('read')
@Controller('api/v1/messages/:id')
export class MessageRecordsController {
  constructor(
    private readonly deliveries: MessageDeliveries,
    private readonly timeline: MessageTimeline,
    private readonly explainer: MessageExplainer,
  ) {}

  @Get('deliveries')
  @ApiOperation({
    summary: "List a message's deliveries",
    description:
      'One entry for each address on each channel, from its first outcome on; in order of channel and endpoint. Addresses are personal data.',
  })
  @ApiProblems(400, 404)
  async listMessageDeliveries(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() query: MessageDeliveryQuery,
  ): Promise<MessageDeliveryPageDto> {
    const deliveries = await this.deliveries.list(caller, id, query);
    return pageOf(deliveries, query.limit, deliveryKey, toMessageDeliveryDto);
  }

  @Get('timeline')
  @ApiOperation({
    summary: "Tell a message's history",
    description:
      'What happened to it, oldest first; with `recipient`, the events of that person besides. 404 also for an unknown recipient.',
  })
  @ApiProblems(400, 404)
  async readMessageTimeline(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() { recipient }: TimelineQuery,
  ): Promise<TimelineDto> {
    return { items: await this.timeline.tell(caller, id, recipient) };
  }

  @Get('explain')
  @ApiOperation({
    summary: 'Explain why a person got a message, or did not',
    description:
      'Judged by what is recorded, and where nothing is, by the audience, memberships and addresses as of now. 404 also for an unknown recipient.',
  })
  @ApiProblems(400, 404)
  explainMessage(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Query() { recipient }: ExplanationQuery,
  ): Promise<ExplanationDto> {
    return this.explainer.explain(caller, id, recipient);
  }
}

function toMessageDeliveryDto(delivery: MessageDelivery): MessageDeliveryDto {
  const { channelId, endpointId: endpoint, channel, ...rest } = delivery;
  return { channel: channel ?? `~${channelId}`, endpoint, ...rest };
}
