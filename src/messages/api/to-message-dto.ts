import type { OrganisationChannels } from '../../channels/organisation-channels.js';
import { PRIORITY_RANKS } from '../priority-ranks.js';
import { PRIORITIES } from '../message-request.js';
import { completeUnresolved } from '../unresolved.js';
import type { AudienceSummaryDto } from './audience-summary.dto.js';
import type { MessageSummary, StoredMessage } from './message-reader.js';
import type { MessageDto, MessageSummaryDto } from './message.dto.js';

export function toMessageSummaryDto(message: MessageSummary, channels: OrganisationChannels) {
  const { templateCode, templateVersion, channelIds, priority, ...rest } = message;
  const { target, sent, delivered, read, failed, unknown } = message;
  return {
    id: rest.id,
    state: rest.state,
    api: rest.api,
    application: rest.application,
    priority: PRIORITIES.find((name) => PRIORITY_RANKS[name] === priority) ?? 'normal',
    category: rest.category,
    correlationId: rest.correlationId,
    dedupKey: rest.dedupKey,
    channels: channelIds.map((id) => channelCode(channels, id)),
    template:
      templateCode === null || templateVersion === null ? null : { code: templateCode, version: templateVersion },
    sendAt: rest.sendAt,
    expiresAt: rest.expiresAt,
    createdAt: rest.createdAt,
    plannedAt: rest.plannedAt,
    finishedAt: rest.finishedAt,
    statistics: { target, sent, delivered, read, failed, unknown },
  } satisfies MessageSummaryDto;
}

export function toMessageDto(
  message: StoredMessage,
  audience: AudienceSummaryDto,
  channels: OrganisationChannels,
): MessageDto {
  const content = message.channels.flatMap(({ channelId, content }) =>
    content === undefined ? [] : [[channelCode(channels, channelId), content] as const],
  );
  return {
    ...toMessageSummaryDto(message, channels),
    audience,
    content: content.length === 0 ? null : Object.fromEntries(content),
    params: message.params,
    unresolved: completeUnresolved(message.unresolved),
  };
}

/** The channel's code; its id as `~7` once it is deleted. */
export const channelCode = (channels: OrganisationChannels, id: number): string => channels.byId(id)?.code ?? `~${id}`;
