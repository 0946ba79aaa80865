import { Injectable } from '@nestjs/common';
import type { Caller } from '../../access/principal.js';
import { NotFound } from '../../common/problem.js';
import { Tenants } from '../../database/tenants.js';
import { Recipient } from '../../recipients/recipient.entity.js';
import { deliveriesTo } from './message-deliveries.js';
import { MessageReader } from './message-reader.js';
import type { TimelineEventDto } from './timeline.dto.js';
import { toTimeline } from './to-timeline.js';

/** Tells what happened to a message. */
@Injectable()
export class MessageTimeline {
  constructor(
    private readonly messages: MessageReader,
    private readonly tenants: Tenants,
  ) {}

  /** With the code of a recipient, that person's deliveries are told as well; throws NotFound for an unknown one. */
  async tell(caller: Caller, messageId: string, recipientCode?: string): Promise<TimelineEventDto[]> {
    const message = await this.messages.get(caller, messageId);
    if (recipientCode === undefined) return toTimeline(message, []);
    const scope = this.tenants.of(caller.organisationId);
    const recipient = await scope.findOne(Recipient, { code: recipientCode });
    if (recipient === null) throw new NotFound('recipient', recipientCode);
    return toTimeline(message, await deliveriesTo(scope, message, recipient.id));
  }
}
