import type { ChannelKind } from '../../channels/channel-kind.js';
import { InvalidRequest } from '../../common/problem.js';
import type { MessageRequest } from '../../messages/message-request.js';
import type { MediwayChannel } from './channel-content.js';

/**
 * A template push to accounts reaches the channels that the template has content for; the others, and their accounts, are left
 * out and remembered as skipped. A push to people is returned as it is.
 * @throws InvalidRequest when no channel is left
 */
export function skipUnsaidChannels(
  request: MessageRequest,
  said: readonly ChannelKind[],
  channels: readonly MediwayChannel[],
): MessageRequest {
  const { template, audience, options } = request;
  if (template?.channels === undefined || audience.addresses === undefined) return request;
  const saysSomething = (code: string): boolean =>
    channels.some((channel) => channel.code === code && said.includes(channel.kind));
  const used = template.channels.filter(saysSomething);
  const skipped = template.channels.filter((code) => !saysSomething(code));
  if (used.length === 0) throw InvalidRequest.at('receiverData', 'names no account of a channel the template is for');
  if (skipped.length === 0) return request;
  const addresses = Object.entries(audience.addresses).filter(([code]) => used.includes(code));
  const mediway = kept(options?.mediway);
  return {
    ...request,
    audience: { ...audience, addresses: Object.fromEntries(addresses) },
    template: { ...template, channels: used },
    options: {
      ...options,
      mediway: { ...mediway, skippedChannels: [...(mediway.skippedChannels ?? []), ...skipped] },
    },
  };
}

function kept(mediway: unknown): { skippedChannels?: string[] } {
  return mediway ?? {};
}
