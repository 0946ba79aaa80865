import { Injectable } from '@nestjs/common';
import { DateTime } from 'luxon';
import type { Caller } from '../../access/principal.js';
import { InvalidRequest } from '../../common/problem.js';
import { type CorrelatedMessage, MessagesByCorrelation } from '../../messages/messages-by-correlation.js';
import { InboxService } from '../../realtime/inbox/inbox.service.js';
import { Recipients } from '../../recipients/recipients.service.js';
import type { MediwayCaller } from './mediway-access.js';
import type { MediwayMessageDto } from './reply.dto.js';
import type { MediwayReadCommand } from './to-read.js';

/** So many messages are looked at in one go, and so many are listed. */
const PAGE = 500;

/** The extension that reads by businessId what the same application sent. */
@Injectable()
export class MediwayReading {
  constructor(
    private readonly messages: MessagesByCorrelation,
    private readonly inbox: InboxService,
    private readonly recipients: Recipients,
  ) {}

  /** Marks the in-site messages read, for one person or everyone, and returns how many were not read before. */
  async markRead({ caller }: MediwayCaller, { correlationId, user }: MediwayReadCommand): Promise<number> {
    const recipientIds = user === undefined ? undefined : [await this.recipientId(caller, user)];
    let read = 0;
    let beforeId: string | undefined;
    do {
      const page = await this.messages.find(caller, correlationId, { limit: PAGE, beforeId });
      const messageIds = page.map(({ id }) => id);
      if (messageIds.length > 0) read += await this.inbox.markRead(caller, { recipientIds, messageIds });
      beforeId = page.length < PAGE ? undefined : messageIds.at(-1);
    } while (beforeId !== undefined);
    return read;
  }

  /** The newest messages, newest first. */
  async list({ caller, settings }: MediwayCaller, { correlationId }: MediwayReadCommand): Promise<MediwayMessageDto[]> {
    const found = await this.messages.find(caller, correlationId, { limit: PAGE });
    return found.map((message) => toWire(message, settings.timeZone));
  }

  private async recipientId({ organisationId }: Caller, code: string): Promise<string> {
    const [found] = await this.recipients.list(organisationId, { limit: 1, code });
    if (found === undefined) throw InvalidRequest.at('user', 'names nobody');
    return found.recipient.id;
  }
}

/** Times are written as the document writes sendTime, in the same zone. */
function toWire({ id, createdAt, state, ...counts }: CorrelatedMessage, zone: string): MediwayMessageDto {
  const createTime = DateTime.fromJSDate(createdAt, { zone }).toFormat('yyyy-MM-dd HH:mm:ss');
  return { msgId: id, state, createTime, ...counts };
}
