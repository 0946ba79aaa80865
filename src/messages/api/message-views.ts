import { Injectable } from '@nestjs/common';
import type { Caller } from '../../access/principal.js';
import { ChannelDirectory } from '../../channels/channel-directory.js';
import { cursorId, pageOf } from '../../common/pagination.js';
import { Tenants } from '../../database/tenants.js';
import type { MessageQuery } from './message-query.dto.js';
import { MessageReader } from './message-reader.js';
import type { MessageDto, MessagePageDto } from './message.dto.js';
import { readableAudience } from './readable-audience.js';
import { parseTime } from './time-with-zone.js';
import { toMessageDto, toMessageSummaryDto } from './to-message-dto.js';

/** Messages as the API shows them. */
@Injectable()
export class MessageViews {
  constructor(
    private readonly messages: MessageReader,
    private readonly directory: ChannelDirectory,
    private readonly tenants: Tenants,
  ) {}

  async read(caller: Caller, id: string): Promise<MessageDto> {
    const message = await this.messages.get(caller, id);
    const channels = await this.directory.load(caller.organisationId);
    const audience = await readableAudience(this.tenants.of(caller.organisationId), message.audience, channels);
    return toMessageDto(message, audience, channels);
  }

  async list(caller: Caller, { limit, cursor, from, to, ...filter }: MessageQuery): Promise<MessagePageDto> {
    const messages = await this.messages.list(caller, {
      ...filter,
      limit,
      beforeId: cursorId(cursor),
      from: from === undefined ? undefined : parseTime(from),
      to: to === undefined ? undefined : parseTime(to),
    });
    const channels = await this.directory.load(caller.organisationId);
    return pageOf(
      messages,
      limit,
      ({ id }) => id,
      (message) => toMessageSummaryDto(message, channels),
    );
  }
}
