import type { Content } from '../../channels/channel-kind.js';
import type { OrganisationChannels } from '../../channels/organisation-channels.js';
import { Problem } from '../../common/problem.js';
import { sanitiseInboxHtml } from '../../templates/rendering/inbox-html.js';
import type { TemplateRecipient } from '../../templates/rendering/render-content.js';
import type { PreparedMessage } from '../prepared-message.js';
import { templateWords } from '../message-words.js';
import type { ChannelPlan } from '../resolved-message.js';
import type { PreviewSampleDto } from './preview.dto.js';

/** For whom the sample is made. */
export interface SampleContext {
  channels: OrganisationChannels;
  /** The organisation's. */
  fallbackLocale: string;
  recipient: TemplateRecipient | undefined;
}

type Words = Pick<PreviewSampleDto, 'locale' | 'problem'> & { content: Content | null };

/** What a message says on each of its channels, to one person. */
export function previewSample(message: PreparedMessage, context: SampleContext): PreviewSampleDto[] {
  return message.channels.map((plan) => {
    const words = plan.content === undefined ? rendered(message, plan, context) : given(plan.content);
    if (plan.kind === 'inbox' && words.content?.html !== undefined) {
      words.content = { ...words.content, html: sanitiseInboxHtml(words.content.html) };
    }
    return { channel: context.channels.byId(plan.channelId)?.code ?? `~${plan.channelId}`, ...words };
  });
}

const given = (content: Content): Words => ({ locale: null, content, problem: null });

function rendered(
  { template, params }: PreparedMessage,
  { kind, params: own }: ChannelPlan,
  { fallbackLocale, recipient }: SampleContext,
): Words {
  const words = templateWords(kind, template?.contents[kind] ?? {}, { ...params, ...own }, fallbackLocale);
  const locale = words.localeFor(recipient?.locale ?? null);
  try {
    return { locale, content: words.render(locale, recipient), problem: null };
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return { locale, content: null, problem: error.message };
  }
}
