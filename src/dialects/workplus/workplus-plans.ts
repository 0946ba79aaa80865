import { Injectable } from '@nestjs/common';
import { InvalidRequest } from '../../common/problem.js';
import { MessageReader } from '../../messages/api/message-reader.js';
import { MessagesByCorrelation } from '../../messages/messages-by-correlation.js';
import { isPlanId } from './ids.js';
import type { WorkPlusPushStateDto } from './mbox-reply.dto.js';
import { toPushState } from './to-push-result.js';
import type { WorkPlusCaller } from './workplus-access.js';

/** The extension that says how far a push has come. */
@Injectable()
export class WorkPlusPlans {
  constructor(
    private readonly messages: MessagesByCorrelation,
    private readonly reader: MessageReader,
  ) {}

  /** @throws InvalidRequest at `id` for what is no push of this application */
  async state(by: WorkPlusCaller, id: string): Promise<WorkPlusPushStateDto> {
    const found = isPlanId(id) ? await this.messages.find(by.caller, id, { limit: 1 }) : [];
    if (found[0] === undefined) throw InvalidRequest.at('id', 'names no push of this application');
    const message = await this.reader.get(by.caller, found[0].id);
    if (message.api !== 'workplus') throw InvalidRequest.at('id', 'names a message of another API');
    return toPushState(by, id, { ...message, unresolved: message.unresolved.users.length });
  }
}
