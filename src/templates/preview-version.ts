import type { ChannelKind, Content } from '../channels/channel-kind.js';
import { type FieldError, InvalidRequest } from '../common/problem.js';
import { checkParams, type DeclaredVariable } from './rendering/declared-variables.js';
import { sanitiseInboxHtml } from './rendering/inbox-html.js';
import { pickLocale } from './rendering/locale-fallback.js';
import { compileContent, type TemplateRecipient } from './rendering/render-content.js';
import type { TemplateContents } from './template-version.entity.js';

/** For whom, and with what, a version is rendered. */
export interface PreviewContext {
  /** Absent: every kind there is content for. */
  kind?: ChannelKind;
  /** Absent: the person's, then the fallback. */
  locale?: string;
  fallbackLocale: string;
  params: Readonly<Record<string, unknown>>;
  recipient?: TemplateRecipient;
}

export interface RenderedContent {
  /** The one chosen of those the version has. */
  locale: string;
  content: Content;
}

export type Preview = Partial<Record<ChannelKind, RenderedContent>>;

interface PreviewedVersion {
  contents: TemplateContents;
  variables: readonly DeclaredVariable[];
}

/**
 * Renders a version as its recipient would see it.
 * @throws InvalidRequest naming every missing or wrong variable as `params.<name>`
 */
export function previewVersion(version: PreviewedVersion, context: PreviewContext): Preview {
  const wanted = contentsOf(version.contents, context.kind);
  const params = checkedParams(version.variables, context.params);
  const preview: Preview = {};
  const errors = new Map<string, FieldError>();
  let code: string | undefined;
  for (const [kind, byLocale] of wanted) {
    try {
      preview[kind] = render(kind, byLocale, { ...context, params });
    } catch (error) {
      if (!(error instanceof InvalidRequest)) throw error;
      code ??= error.code;
      for (const one of error.errors) errors.set(`${one.path}: ${one.message}`, one);
    }
  }
  if (code !== undefined) throw new InvalidRequest([...errors.values()], code);
  return preview;
}

type ContentsOfKind = [ChannelKind, Record<string, Content>];

function contentsOf(contents: TemplateContents, kind: ChannelKind | undefined): ContentsOfKind[] {
  const all = Object.entries(contents) as ContentsOfKind[];
  if (kind === undefined) return all;
  const found = all.filter(([one]) => one === kind);
  if (found.length > 0) return found;
  const kinds = all.map(([one]) => one).join(', ');
  throw InvalidRequest.at('kind', `this version has no content for ${kind}, only for ${kinds}`);
}

/** In a message the params stand under `template`, here they do not. */
function checkedParams(
  variables: readonly DeclaredVariable[],
  params: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  try {
    return checkParams(variables, params);
  } catch (error) {
    if (!(error instanceof InvalidRequest)) throw error;
    const errors = error.errors.map(({ path, message }) => ({ path: path.replace(/^template\./, ''), message }));
    throw new InvalidRequest(errors, error.code);
  }
}

function render(
  kind: ChannelKind,
  byLocale: Record<string, Content>,
  { locale: given, fallbackLocale, params, recipient }: PreviewContext,
): RenderedContent {
  const locale = pickLocale(Object.keys(byLocale), given ?? recipient?.locale ?? undefined, fallbackLocale);
  const content = compileContent(byLocale[locale] ?? {}, `contents.${kind}.${locale}`).render(params, recipient);
  if (kind === 'inbox' && content.html !== undefined) content.html = sanitiseInboxHtml(content.html);
  return { locale, content };
}
