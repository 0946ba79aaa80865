import { Body, Controller, Get, Headers, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBody, ApiHeader, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, RequireScope } from '../../access/access-rules.js';
import { ApiTenant } from '../../access/api-tenant.js';
import type { Caller } from '../../access/principal.js';
import { ApiProblems } from '../../common/api-problems.js';
import { Clock } from '../../common/clock.js';
import { MessageAcceptor } from '../message-acceptor.js';
import { AcceptedMessageDto } from './accepted-message.dto.js';
import { CreateMessageDto } from './create-message.dto.js';
import { CancelledMessageDto, RescheduleMessageDto } from './message-change.dto.js';
import { MessageChanges, type NewTime } from './message-changes.js';
import { MessagePreview } from './message-preview.js';
import { MessageQuery } from './message-query.dto.js';
import { MessageViews } from './message-views.js';
import { MessageDto, MessagePageDto } from './message.dto.js';
import { PreviewDto } from './preview.dto.js';
import { MESSAGE_EXAMPLES } from './request-examples.js';
import { parseTime } from './time-with-zone.js';
import { toMessageRequest } from './to-message-request.js';

const ID = 'The id that the call which sent it was answered with.';

@ApiTags('Messages')
@ApiTenant()
@Controller('api/v1/messages')
export class MessagesController {
  constructor(
    private readonly acceptor: MessageAcceptor,
    private readonly previews: MessagePreview,
    private readonly views: MessageViews,
    private readonly changes: MessageChanges,
    private readonly clock: Clock,
  ) {}

  @Post()
  @HttpCode(202)
  @RequireScope('send')
  @ApiOperation({
    summary: 'Send a message',
    description:
      'This content, to these people, through these channels, now or later. The answer is given once the message is stored; from ' +
      'then on it is sent whatever happens. Codes that name nobody are told in `unresolved` and keep nobody else from getting it. ' +
      '400 also: `empty_audience`, `ambiguous_audience`, `unknown_channel`, `channel_disabled`, `unknown_template`, `no_channel`, ' +
      '`invalid_params`, `missing_variable`. 409 `dedup_key_reused`: the key was used with another request.',
  })
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'The same as `dedupKey`; when both are given they must be equal. 1 to 128 characters.',
    schema: { type: 'string', maxLength: 128 },
  })
  @ApiBody({ type: CreateMessageDto, examples: MESSAGE_EXAMPLES })
  @ApiProblems(400, 409, 413)
  createMessage(
    @CurrentCaller() caller: Caller,
    @Body() body: CreateMessageDto,
    @Headers('Idempotency-Key') idempotencyKey?: string,
  ): Promise<AcceptedMessageDto> {
    const request = toMessageRequest(body, { idempotencyKey, now: this.clock.now() });
    return this.acceptor.accept(caller, 'native', request);
  }

  @Post('preview')
  @HttpCode(200)
  @RequireScope('send')
  @ApiOperation({
    summary: 'See what a message would do',
    description:
      'A dry run of the same request: whom it would reach through which vendor account, who would be left out and why, and what it ' +
      'would say. Nothing is stored or sent. Refused as sending would be, except that a dedup key is not looked at.',
  })
  @ApiBody({ type: CreateMessageDto, examples: MESSAGE_EXAMPLES })
  @ApiProblems(400, 413)
  previewMessage(@CurrentCaller() caller: Caller, @Body() body: CreateMessageDto): Promise<PreviewDto> {
    const request = toMessageRequest(body, { now: this.clock.now() });
    return this.previews.preview(caller.organisationId, request);
  }

  @Get()
  @RequireScope('read')
  @ApiOperation({
    summary: 'List messages',
    description: 'Newest first; every filter given must hold. An application sees its own messages, the admin all.',
  })
  @ApiProblems(400)
  listMessages(@CurrentCaller() caller: Caller, @Query() query: MessageQuery): Promise<MessagePageDto> {
    return this.views.list(caller, query);
  }

  @Get(':id')
  @RequireScope('read')
  @ApiOperation({
    summary: 'Read a message',
    description: `How far it has come, what it says and to whom. ${ID} An application finds its own messages only.`,
  })
  @ApiProblems(400, 404)
  readMessage(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<MessageDto> {
    return this.views.read(caller, id);
  }

  @Post(':id/cancel')
  @HttpCode(200)
  @RequireScope('send')
  @ApiOperation({
    summary: 'Cancel a message',
    description:
      'Sends nothing more of it; what is being handed to a vendor at this moment is still recorded. Cancelling a cancelled message ' +
      'changes nothing. 409 `message_finished` when it is done or expired.',
  })
  @ApiProblems(400, 404, 409)
  async cancelMessage(@CurrentCaller() caller: Caller, @Param('id') id: string): Promise<CancelledMessageDto> {
    return { id, state: 'cancelled', unsent: await this.changes.cancel(caller, id) };
  }

  @Post(':id/reschedule')
  @HttpCode(200)
  @RequireScope('send')
  @ApiOperation({
    summary: 'Reschedule a message',
    description: 'Gives a message that waits for its time another one. 409 `message_started` when it no longer waits.',
  })
  @ApiProblems(400, 404, 409)
  async rescheduleMessage(
    @CurrentCaller() caller: Caller,
    @Param('id') id: string,
    @Body() body: RescheduleMessageDto,
  ): Promise<MessageDto> {
    await this.changes.reschedule(caller, id, newTime(body));
    return this.views.read(caller, id);
  }
}

/** The fields are times: they were checked with the body. */
function newTime({ sendAt, expiresAt }: RescheduleMessageDto): NewTime {
  return {
    sendAt: parseTime(sendAt) ?? new Date(sendAt),
    expiresAt: typeof expiresAt === 'string' ? parseTime(expiresAt) : expiresAt,
  };
}
