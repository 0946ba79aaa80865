import { Injectable } from '@nestjs/common';
import type { Content } from '../../channels/channel-kind.js';
import { Problem } from '../../common/problem.js';
import { templateWords } from '../../messages/message-words.js';
import type { ChannelPlan } from '../../messages/resolved-message.js';
import type { TemplateRecipient } from '../../templates/rendering/render-content.js';
import { TemplateDirectory } from '../../templates/template-directory.js';

/** Where the words of an item come from. */
export interface WordsSource {
  /** The person's own words, kept with the delivery; everything below is null then. */
  content: Content | null;
  templateId: number | null;
  templateVersion: number | null;
  params: Record<string, unknown> | null;
  plan: ChannelPlan | null;
}

/** Who reads, and in which language an organisation speaks to people who have none of their own. */
export interface Reader {
  person: TemplateRecipient;
  organisationLocale: string;
}

/**
 * Words of inbox items from what the page's one query brought along, so that no item asks the database again. Only a template's
 * version may have to be fetched: once per version, and TemplateDirectory keeps it. MessageWordsLoader, which serves sending, asks
 * once per message and would make a page of old messages as many queries.
 */
@Injectable()
export class InboxWords {
  constructor(private readonly templates: TemplateDirectory) {}

  async of(organisationId: number, source: WordsSource, reader: Reader): Promise<Content> {
    const { content, plan, templateId, templateVersion, params } = source;
    if (content !== null) return content;
    if (plan?.content !== undefined) return plan.content;
    if (plan === null || templateId === null || templateVersion === null) return {};
    const { contents } = await this.templates.version(organisationId, templateId, templateVersion);
    const words = templateWords(
      plan.kind,
      contents[plan.kind] ?? {},
      { ...params, ...plan.params },
      reader.organisationLocale,
    );
    try {
      return words.render(words.localeFor(reader.person.locale ?? null), reader.person);
    } catch (error) {
      // A draft sent as a test may have changed since; one such item must not hide the whole inbox.
      if (error instanceof Problem) return {};
      throw error;
    }
  }
}
