import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentCaller, RequireScope } from '../../access/access-rules.js';
import { ApiTenant } from '../../access/api-tenant.js';
import type { Caller } from '../../access/principal.js';
import { ApiProblems } from '../../common/api-problems.js';
import { pageOf } from '../../common/pagination.js';
import { placeText } from './inbox-cursor.js';
import { InboxPageDto, InboxQuery, MarkedReadDto, toInboxItemDto, UnreadCountDto } from './inbox.dto.js';
import { InboxItems } from './inbox-items.js';
import { InboxService } from './inbox.service.js';

/** Marking needs no more than `read`: whoever shows people their inbox says on their behalf that they looked. */
@Controller('api/v1/recipients/:key/inbox')
@ApiTags('Inbox')
@ApiTenant()
@RequireScope('read')
export class InboxController {
  constructor(
    private readonly items: InboxItems,
    private readonly inbox: InboxService,
  ) {}

  @Get()
  @ApiOperation({
    summary: "List a person's inbox",
    description:
      'Newest first by when it came; what has expired is left out. An application sees what came of its own messages, the admin ' +
      'key everything. `key` is the code of the person, or `~` and the id.',
  })
  @ApiProblems(400, 404)
  async listInbox(
    @CurrentCaller() caller: Caller,
    @Param('key') key: string,
    @Query() query: InboxQuery,
  ): Promise<InboxPageDto> {
    return pageOf(await this.items.list(caller, key, query), query.limit, placeText, toInboxItemDto);
  }

  @Get('unread-count')
  @ApiOperation({ summary: 'Count what is unread in an inbox', description: 'Of what the list shows to this caller.' })
  @ApiProblems(400, 404)
  async countUnreadInbox(@CurrentCaller() caller: Caller, @Param('key') key: string): Promise<UnreadCountDto> {
    return { unread: await this.inbox.unreadCount(caller, key) };
  }

  @Post('read-all')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Mark everything in an inbox read',
    description:
      'Everything that the list shows to this caller. The scope `read` is enough, as it is said on behalf of the person.',
  })
  @ApiProblems(400, 404)
  async markInboxRead(@CurrentCaller() caller: Caller, @Param('key') key: string): Promise<MarkedReadDto> {
    return { read: await this.inbox.markAll(caller, key) };
  }

  @Post(':id/read')
  @HttpCode(204)
  @ApiOperation({
    summary: 'Mark an inbox item read',
    description:
      'Repeating it changes nothing: the first time stays. The scope `read` is enough, as it is said on behalf of the person.',
  })
  @ApiProblems(400, 404)
  async markInboxItemRead(
    @CurrentCaller() caller: Caller,
    @Param('key') key: string,
    @Param('id') id: string,
  ): Promise<void> {
    await this.inbox.markItem(caller, key, id);
  }
}
