import { Injectable } from '@nestjs/common';
import { ChannelDirectory } from '../../channels/channel-directory.js';
import type { OrganisationChannels } from '../../channels/organisation-channels.js';
import { Tenants } from '../../database/tenants.js';
import type { TemplateRecipient } from '../../templates/rendering/render-content.js';
import { MessageAcceptor } from '../message-acceptor.js';
import type { MessageRequest } from '../message-request.js';
import type { ChannelPlan } from '../resolved-message.js';
import { PreviewCount } from './preview-count.js';
import { PreviewForecast } from './preview-forecast.js';
import { previewSample } from './preview-sample.js';
import type { PreviewTally } from './preview-tally.js';
import type { PreviewChannelDto, PreviewDroppedDto, PreviewDto } from './preview.dto.js';

const FOR_SAMPLE = `
SELECT o.locale AS "fallbackLocale", r.code, r.name, r.locale, r.attributes
  FROM organisation o LEFT JOIN recipient r ON r.organisation_id = o.id AND r.id = $2
 WHERE o.id = $1`;

interface SampleRow extends Omit<TemplateRecipient, 'code'> {
  fallbackLocale: string;
  code: string | null;
}

/** Says what a message would do, without storing or sending anything. */
@Injectable()
export class MessagePreview {
  constructor(
    private readonly acceptor: MessageAcceptor,
    private readonly directory: ChannelDirectory,
    private readonly counts: PreviewCount,
    private readonly forecasts: PreviewForecast,
    private readonly tenants: Tenants,
  ) {}

  async preview(organisationId: number, request: MessageRequest): Promise<PreviewDto> {
    const message = await this.acceptor.prepare(organisationId, request);
    const channels = await this.directory.load(organisationId);
    const tally = await this.counts.count(organisationId, message, channels);
    const { fallbackLocale, recipient } = await this.sampleFor(organisationId, tally.firstRecipientId);
    return {
      recipients: tally.recipients,
      channels: message.channels.flatMap((plan) => targets(plan, tally, channels)),
      forecast: await this.forecasts.forecast(organisationId, tally, channels),
      dropped: message.channels.flatMap((plan) => dropped(plan, tally, channels)),
      unresolved: message.unresolved,
      sample: previewSample(message, { channels, fallbackLocale, recipient }),
    };
  }

  private async sampleFor(
    organisationId: number,
    recipientId: string | null,
  ): Promise<{ fallbackLocale: string; recipient: TemplateRecipient | undefined }> {
    const [row] = await this.tenants.of(organisationId).query<SampleRow>(FOR_SAMPLE, [recipientId]);
    if (row === undefined) return { fallbackLocale: '', recipient: undefined };
    const { fallbackLocale, code, ...person } = row;
    return { fallbackLocale, recipient: code === null ? undefined : { code, ...person } };
  }
}

const codeOf = (channels: OrganisationChannels, id: number): string => channels.byId(id)?.code ?? `~${id}`;

function targets(
  { channelId, kind }: ChannelPlan,
  tally: PreviewTally,
  channels: OrganisationChannels,
): PreviewChannelDto[] {
  const channel = codeOf(channels, channelId);
  const counts = [...(tally.targets.get(channelId) ?? [])];
  if (counts.length === 0) return [{ channel, kind, account: null, vendor: null, target: 0 }];
  return counts.map(([accountId, target]) => {
    const account = channels.account(accountId);
    return { channel, kind, account: account?.code ?? null, vendor: account?.vendor ?? null, target };
  });
}

function dropped({ channelId }: ChannelPlan, tally: PreviewTally, channels: OrganisationChannels): PreviewDroppedDto[] {
  const counts = [...(tally.dropped.get(channelId) ?? [])];
  return counts.map(([reason, count]) => ({ channel: codeOf(channels, channelId), reason, count }));
}
