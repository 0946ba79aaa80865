import { CHANNEL_KINDS, type ChannelKind, type Content } from '../channels/channel-kind.js';
import { checkContent } from '../channels/content-schema.js';
import { type FieldError, InvalidRequest } from '../common/problem.js';
import { compileContent } from './rendering/render-content.js';
import type { TemplateContents } from './template-version.entity.js';
import type { VariableUse } from './version-text.js';

const MOST_BYTES = 256 * 1024;

export interface ContentsCheck {
  /** With locales in their canonical spelling; only to be used when there are no errors. */
  contents: TemplateContents;
  uses: VariableUse[];
  errors: FieldError[];
}

type Entries = Record<string, unknown>;

const isObject = (value: unknown): value is Entries =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isKind = (kind: string): kind is ChannelKind => CHANNEL_KINDS.some((known) => known === kind);

/** `zh-cn` is `zh-CN`; undefined where it is no BCP 47 tag. */
function canonicalLocale(locale: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(locale)[0];
  } catch {
    return undefined;
  }
}

/** Checks kinds, locales, fields and template syntax; every problem is named with its path (`contents.sms.zh-CN.text`). */
export function checkContents(given: unknown): ContentsCheck {
  const check: ContentsCheck = { contents: {}, uses: [], errors: [] };
  if (!isObject(given) || Object.keys(given).length === 0) {
    check.errors.push({ path: 'contents', message: 'must be an object with content for at least one kind of channel' });
    return check;
  }
  if (Buffer.byteLength(JSON.stringify(given)) > MOST_BYTES) {
    check.errors.push({ path: 'contents', message: `is larger than ${MOST_BYTES} bytes` });
    return check;
  }
  for (const [kind, locales] of Object.entries(given)) {
    const path = `contents.${kind}`;
    if (isKind(kind)) check.contents[kind] = checkLocales(kind, locales, path, check);
    else check.errors.push({ path, message: `is not a kind of channel (${CHANNEL_KINDS.join(', ')})` });
  }
  return check;
}

function checkLocales(
  kind: ChannelKind,
  locales: unknown,
  path: string,
  check: ContentsCheck,
): Record<string, Content> {
  const byLocale: Record<string, Content> = {};
  if (!isObject(locales) || Object.keys(locales).length === 0) {
    check.errors.push({ path, message: 'must be an object with content for at least one locale' });
    return byLocale;
  }
  for (const [given, content] of Object.entries(locales)) {
    const at = `${path}.${given}`;
    const locale = canonicalLocale(given);
    if (locale === undefined) check.errors.push({ path: at, message: 'is not a locale such as zh-CN or en' });
    else if (locale in byLocale) check.errors.push({ path: at, message: `is the same locale as another (${locale})` });
    const wrong = checkContent(kind, content, at);
    if (wrong.length > 0) check.errors.push(...wrong);
    else checkTexts(content as Content, at, check);
    if (locale !== undefined) byLocale[locale] = content as Content;
  }
  return byLocale;
}

function checkTexts(content: Content, path: string, check: ContentsCheck): void {
  try {
    check.uses.push(...compileContent(content, path).variables.map((name) => ({ name, path })));
  } catch (error) {
    if (!(error instanceof InvalidRequest)) throw error;
    check.errors.push(...error.errors);
  }
}
