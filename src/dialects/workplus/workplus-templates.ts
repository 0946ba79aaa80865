import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { Content } from '../../channels/channel-kind.js';
import { InvalidRequest, NotFound } from '../../common/problem.js';
import type { TemplateUse } from '../../messages/message-request.js';
import { type PublishedTemplate, PublishedTemplates } from '../../templates/published-templates.js';
import { checkParams } from '../../templates/rendering/declared-variables.js';
import { pickLocale } from '../../templates/rendering/locale-fallback.js';
import { compileContent } from '../../templates/rendering/render-content.js';
import { TemplateDirectory } from '../../templates/template-directory.js';
import { TemplateVersions } from '../../templates/template-versions.js';
import { Templates } from '../../templates/templates.js';
import type { TemplateOrder } from './bodies/template-data.js';
import { drawingOf, linesText, readActions, readLines, templateText, textLines } from './template-lines.js';
import type { TemplateDrawing } from './template-lines.js';
import type { WorkPlusTemplateListDto, WorkPlusTemplateDto } from './template.dto.js';
import { WireFields } from './wire-fields.js';
import type { WorkPlusCaller } from './workplus-access.js';

/** Words of a template message, or the template itself where they differ from person to person. */
export type TemplateWords = { words: Content; drawing: TemplateDrawing | undefined } | { use: TemplateUse };

const CATEGORY = 'app';
const LONGEST_TITLE = 200;
const MOST_LISTED = 100;
const DEFAULT_LISTED = 10;
/** Where the content of an inbox template keeps its tags. */
const TAGS = ['ext', 'workplus', 'template', 'tags'];

/** Templates as this API knows them: lines of text with `{{name.DATA}}` in it, kept as inbox templates of Tidings. */
@Injectable()
export class WorkPlusTemplates {
  constructor(
    private readonly templates: Templates,
    private readonly versions: TemplateVersions,
    private readonly directory: TemplateDirectory,
    private readonly published: PublishedTemplates,
  ) {}

  /** @throws InvalidRequest naming the first wrong field */
  async create(by: WorkPlusCaller, body: unknown): Promise<WorkPlusTemplateDto> {
    const { organisationId } = by.caller;
    const { name, contents } = readTemplate(body, by.settings.locale);
    const code = randomUUID();
    await withWirePaths(() => this.templates.create(organisationId, { code, name, category: CATEGORY, contents }));
    await this.versions.publish(organisationId, code, 1);
    return this.get(by, code);
  }

  /** Puts a new version in use; messages sent before keep their words. */
  async change(by: WorkPlusCaller, id: string, body: unknown): Promise<WorkPlusTemplateDto> {
    const { organisationId } = by.caller;
    await this.find(by, id);
    const { name, contents } = readTemplate(body, by.settings.locale);
    const { draft } = await this.templates.get(organisationId, id);
    const { version } = await withWirePaths(() =>
      draft === null
        ? this.versions.create(organisationId, id, { contents })
        : this.versions.replace(organisationId, id, draft.version, { contents }),
    );
    await this.versions.publish(organisationId, id, version);
    await this.templates.change(organisationId, id, { name });
    return this.get(by, id);
  }

  async get(by: WorkPlusCaller, id: string): Promise<WorkPlusTemplateDto> {
    return toWire(await this.find(by, id), by);
  }

  /** Every template in use that has words for an inbox, whoever made it. */
  async list(by: WorkPlusCaller, query: unknown): Promise<WorkPlusTemplateListDto> {
    const fields = WireFields.from(query);
    const { total, templates } = await this.published.list(by.caller.organisationId, 'inbox', {
      search: fields.code('kw'),
      searchedPath: TAGS,
      offset: fields.count('skip') ?? 0,
      limit: Math.min(fields.count('limit') ?? DEFAULT_LISTED, MOST_LISTED),
    });
    return { total_count: total, records: templates.map((template) => toWire(template, by)) };
  }

  /**
   * Fills a template. Words that are the same for everybody are final; a template that has several languages or speaks of the
   * person is left to the pipeline, which knows who reads.
   * @throws InvalidRequest at body.template_id, or at the variable that is missing
   */
  async fill(
    { caller, settings }: WorkPlusCaller,
    { templateId, params, topTitle }: TemplateOrder,
  ): Promise<TemplateWords> {
    const template = await this.directory.published(caller.organisationId, templateId);
    const byLocale = template?.contents.inbox;
    if (template === undefined || byLocale === undefined) {
      throw InvalidRequest.at('body.template_id', 'names no template in use with words for an inbox');
    }
    const locales = Object.keys(byLocale);
    const content = byLocale[pickLocale(locales, undefined, settings.locale)] ?? {};
    const compiled = compileContent(content);
    if (locales.length > 1 || compiled.usesRecipient) {
      return { use: { code: templateId, params, channels: [settings.channel] } };
    }
    const { ext: _, ...words } = compiled.render(checkParams(template.variables, params));
    return { words: topTitle === undefined ? words : { ...words, title: topTitle }, drawing: drawingIn(content) };
  }

  private async find({ caller }: WorkPlusCaller, id: string): Promise<PublishedTemplate> {
    const filter = { code: id, offset: 0, limit: 1 };
    const { templates } = await this.published.list(caller.organisationId, 'inbox', filter);
    if (templates[0] === undefined) throw InvalidRequest.at('template_id', 'names no template in use');
    return templates[0];
  }
}

function readTemplate(body: unknown, locale: string): { name: string; contents: object } {
  const fields = WireFields.from(body);
  const lines = readLines(fields);
  const title = fields.text('title')?.trim();
  if (title !== undefined && title.length > LONGEST_TITLE) throw InvalidRequest.at('title', 'is too long');
  const text = linesText(lines);
  if (text.trim() === '') throw InvalidRequest.at('contents', 'must hold a line');
  const template = drawingOf({
    title,
    tags: fields.text('tags'),
    sample: fields.text('sample'),
    actions: readActions(fields),
    contents: lines,
  });
  const content: Content = {
    ...(title === undefined ? {} : { title: templateText(title) }),
    text,
    ext: { workplus: { template } },
  };
  return { name: title ?? 'WorkPlus', contents: { inbox: { [locale]: content } } };
}

/** The lines as they were given, of a template made by this API. */
function drawingIn({ ext }: Content): TemplateDrawing | undefined {
  const { workplus } = (ext ?? {}) as { workplus?: { template?: TemplateDrawing } };
  return workplus?.template;
}

function toWire(template: PublishedTemplate, { appId, settings }: WorkPlusCaller): WorkPlusTemplateDto {
  const content = template.contents[pickLocale(Object.keys(template.contents), undefined, settings.locale)] ?? {};
  const drawing = drawingIn(content);
  const lines = drawing?.contents ?? textLines(content.text ?? content.html ?? '');
  return {
    id: template.code,
    domain_id: settings.domainId,
    org_id: settings.orgId,
    app_id: appId,
    type: 'DEFAULT',
    title: drawing === undefined ? (content.title ?? template.name) : (drawing.title ?? ''),
    sample: drawing?.sample ?? '',
    operator: appId,
    create_time: template.createdAt.getTime(),
    refresh_time: template.publishedAt.getTime(),
    // The database keeps the keys of objects in an order of its own.
    actions: (drawing?.actions ?? []).map(({ name, value }) => ({ name, value })),
    contents: lines.map((line) => line.map(({ content, align }) => ({ content, align }))),
    tags: drawing?.tags ?? '',
  };
}

/** Refusals of Tidings' own templates in the fields of this API. */
async function withWirePaths<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof NotFound) throw InvalidRequest.at('template_id', 'names no template');
    if (!(error instanceof InvalidRequest)) throw error;
    const path = error.errors.some(({ path }) => path.endsWith('.title')) ? 'title' : 'contents';
    throw InvalidRequest.at(path, error.message);
  }
}
