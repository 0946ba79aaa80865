import { toMessageRequest } from '../messages/api/to-message-request.js';
import type { ScheduledMessageDto } from './schedule.dto.js';
import type { ScheduledRequest } from './scheduled-request.js';
import { withinField } from './within-field.js';

/** @throws InvalidRequest naming every wrong field by its path, such as `request.audience.users[0]` */
export async function toScheduledRequest(dto: ScheduledMessageDto, now: Date): Promise<ScheduledRequest> {
  const { expiresAfter, ...message } = dto;
  const translated = await withinField('request', () => toMessageRequest(message, { now }));
  const {
    sendAt: _sendAt,
    expiresAt: _expiresAt,
    dedupKey: _dedupKey,
    correlationId: _correlationId,
    ...request
  } = translated;
  return { ...request, expiresAfter };
}
