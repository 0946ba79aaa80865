import type { AudienceDto } from '../messages/api/audience.dto.js';
import type { PreviewDto } from '../messages/api/preview.dto.js';
import type { ApiClient } from './api-client.js';
import { type Expected, expected } from './scene.js';

/**
 * How many shall get a message to `audience` on each channel: what a preview counts, so that people somebody added to the demo
 * count as well, but never fewer than the demo itself made.
 */
export async function expectTargets(
  api: ApiClient,
  audience: AudienceDto,
  channels: readonly string[],
  made: number,
): Promise<Expected[]> {
  const content = Object.fromEntries(channels.map((channel) => [channel, { text: 'preview' }]));
  const preview = await api.post<PreviewDto>('/api/v1/messages/preview', { audience, content });
  return channels.map((channel) => {
    const counted = preview.channels.filter((one) => one.channel === channel).map(({ target }) => target);
    return expected(channel, Math.max(made, ...counted));
  });
}
