import { prepared } from '../database/prepared.js';
import { Injectable } from '@nestjs/common';
import type { ChannelKind, Content } from '../channels/channel-kind.js';
import { Coalescer } from '../common/coalescer.js';
import { Tenants } from '../database/tenants.js';
import { pickLocale } from '../templates/rendering/locale-fallback.js';
import { type CompiledContent, compileContent, type TemplateRecipient } from '../templates/rendering/render-content.js';
import { TemplateDirectory } from '../templates/template-directory.js';
import type { ChannelPlan } from './resolved-message.js';

/** Messages kept ready for sending, so that a broadcast's thousand batches compile its template once. */
const KEPT = 500;

/** What one message says on its channels. */
export interface MessageWords {
  organisationId: number;
  messageId: string;
  category: string;
  sender: { code?: string; name?: string } | undefined;
  options: Record<string, unknown>;
  channel(channelId: number): ChannelWords | undefined;
}

/** What it says on one channel; by locale where a template has several. */
export interface ChannelWords {
  kind: ChannelKind;
  /** Ids of the vendor accounts the message tries, where it names them. */
  route?: readonly number[];
  /** The words depend on the person. */
  personal: boolean;
  /** There is more than one locale to choose from. */
  localised: boolean;
  localeFor(locale: string | null): string;
  /** The words for everyone of a locale, or, when personal, for this person. */
  render(locale: string, person?: TemplateRecipient): Content;
}

interface MessageRow {
  id: string;
  category: string;
  channels: ChannelPlan[];
  params: Record<string, unknown> | null;
  sender: { code?: string; name?: string } | null;
  options: Record<string, unknown>;
  templateId: number | null;
  templateVersion: number | null;
  locale: string;
}

const READ_MESSAGES = prepared(
  'read-messages',
  `
SELECT m.id, m.category, m.channels, m.params, m.sender, m.options, m.template_id AS "templateId",
       m.template_version AS "templateVersion", o.locale
  FROM message m JOIN organisation o ON o.id = m.organisation_id
 WHERE m.organisation_id = $1 AND m.id = ANY ($2::bigint[])`,
);

/** Loads what messages say. A message's words never change once it is accepted, so they are kept. */
@Injectable()
export class MessageWordsLoader {
  private readonly kept = new Map<string, Promise<MessageWords>>();
  private readonly readers = new Map<number, Coalescer<string, MessageRow | undefined>>();

  constructor(
    private readonly tenants: Tenants,
    private readonly templates: TemplateDirectory,
  ) {}

  of(organisationId: number, messageId: string): Promise<MessageWords> {
    const key = `${organisationId}/${messageId}`;
    const known = this.kept.get(key);
    if (known !== undefined) return known;
    const loading = this.read(organisationId, messageId).then((row) => this.words(organisationId, messageId, row));
    this.kept.set(key, loading);
    loading.catch(() => this.kept.delete(key));
    const [oldest] = this.kept.keys();
    if (this.kept.size > KEPT && oldest !== undefined) this.kept.delete(oldest);
    return loading;
  }

  /** The messages of a claim's many small batches are read in one query. */
  private read(organisationId: number, messageId: string): Promise<MessageRow | undefined> {
    let coalescer = this.readers.get(organisationId);
    if (coalescer === undefined) {
      coalescer = new Coalescer(async (ids) => {
        const rows = await this.tenants.of(organisationId).query<MessageRow>(READ_MESSAGES, [ids]);
        const byId = new Map(rows.map((row) => [row.id, row]));
        return ids.map((id) => byId.get(id));
      }, KEPT);
      this.readers.set(organisationId, coalescer);
    }
    return coalescer.add(messageId);
  }

  private async words(organisationId: number, messageId: string, row: MessageRow | undefined): Promise<MessageWords> {
    if (row === undefined) throw new Error(`There is no message ${messageId}`);
    const contents =
      row.templateId === null || row.templateVersion === null
        ? undefined
        : (await this.templates.version(organisationId, row.templateId, row.templateVersion)).contents;
    const channels = new Map<number, ChannelWords>();
    for (const plan of row.channels) {
      const words =
        plan.content === undefined
          ? templateWords(plan.kind, contents?.[plan.kind] ?? {}, { ...row.params, ...plan.params }, row.locale)
          : fixedWords(plan.kind, plan.content);
      channels.set(plan.channelId, plan.route === undefined ? words : { ...words, route: plan.route });
    }
    return {
      organisationId,
      messageId,
      category: row.category,
      sender: row.sender ?? undefined,
      options: row.options,
      channel: (channelId) => channels.get(channelId),
    };
  }
}

/** Words given by the caller: final, the same for everybody. */
function fixedWords(kind: ChannelKind, content: Content): ChannelWords {
  return { kind, personal: false, localised: false, localeFor: () => '', render: () => content };
}

export function templateWords(
  kind: ChannelKind,
  contents: Record<string, Content>,
  params: Record<string, unknown>,
  fallback: string,
): ChannelWords {
  const locales = Object.keys(contents);
  const compiled = new Map<string, CompiledContent>(
    locales.map((locale) => [locale, compileContent(contents[locale] ?? {})]),
  );
  const shared = new Map<string, Content>();
  return {
    kind,
    personal: [...compiled.values()].some(({ usesRecipient }) => usesRecipient),
    localised: locales.length > 1,
    localeFor: (locale) => pickLocale(locales, locale ?? undefined, fallback),
    render(locale, person) {
      const template = compiled.get(locale);
      if (template === undefined) throw new Error(`The template has no content for ${kind} in ${locale}`);
      if (template.usesRecipient) return template.render(params, person);
      const content = shared.get(locale) ?? template.render(params);
      shared.set(locale, content);
      return content;
    },
  };
}
