import type { FieldError } from '../common/problem.js';
import { isAppUrl, isWebUrl } from './content-url.js';
import type { ChannelKind, Content } from './channel-kind.js';

/** What one field of a kind's content may hold. */
export interface ContentField {
  name: keyof Content;
  type: 'string' | 'object';
  description: string;
  /** Most it may hold, in `unit`. */
  max: number;
  /** Characters are UTF-16 code units; bytes those of UTF-8, of an object those of its JSON. */
  unit: 'characters' | 'bytes';
  /** What a value of the right type and size must fulfil besides. */
  check?: (value: unknown, path: string) => FieldError[];
}

/** What the content of one kind consists of. */
export interface ContentFields {
  fields: readonly ContentField[];
  /** At least one of these is required. */
  oneOf: readonly (keyof Content)[];
}

const KIB = 1024;

function textField(name: keyof Content, max: number, description: string): ContentField {
  return { name, type: 'string', description, max, unit: 'characters' };
}

const TITLE = textField('title', 200, 'Headline.');
const SUBJECT = textField('title', 300, 'Subject; when left out, the first words of the mail.');
const SIGN = textField('sign', 32, 'Signature, without the brackets that the operator puts around it.');
const text = (max: number): ContentField => textField('text', max, 'Plain text.');

const html = (max: number): ContentField => ({
  name: 'html',
  type: 'string',
  description: 'HTML; an inbox shows formatting, lists, tables, links and images of it.',
  max,
  unit: 'bytes',
});

const WEB_URL: ContentField = {
  ...textField('url', 2048, 'Where a click leads: an http(s) address or a relative path.'),
  check: (value, path) =>
    isWebUrl(String(value)) ? [] : [{ path, message: 'must be an http(s) address or a relative path' }],
};

const APP_URL: ContentField = {
  ...textField('url', 2048, 'Where a tap leads: an http(s) address, a relative path or an app link such as `app://x`.'),
  check: (value, path) =>
    isAppUrl(String(value)) ? [] : [{ path, message: 'must be an http(s) address, a relative path or an app link' }],
};

const VENDOR_TEMPLATE: ContentField = {
  name: 'vendorTemplate',
  type: 'object',
  description: 'A template kept by the vendor: `{ id, params }`; the params are strings.',
  max: 16 * KIB,
  unit: 'bytes',
  check: vendorTemplateProblems,
};

const EXT: ContentField = {
  name: 'ext',
  type: 'object',
  description: 'Extra data for the receiving application, passed on untouched.',
  max: 64 * KIB,
  unit: 'bytes',
};

const CONVERSATION: ContentFields = {
  fields: [TITLE, text(16 * KIB), html(64 * KIB), APP_URL, EXT],
  oneOf: ['text', 'html'],
};

const BY_KIND: Readonly<Record<ChannelKind, ContentFields>> = {
  inbox: { fields: [TITLE, text(16 * KIB), html(64 * KIB), WEB_URL, EXT], oneOf: ['text', 'html'] },
  sms: { fields: [text(2000), SIGN, VENDOR_TEMPLATE], oneOf: ['text', 'vendorTemplate'] },
  email: { fields: [SUBJECT, text(256 * KIB), html(KIB * KIB)], oneOf: ['text', 'html'] },
  // `ext` alone is a silent push, for the app and not for the person.
  push: { fields: [TITLE, text(4000), APP_URL, EXT], oneOf: ['title', 'text', 'ext'] },
  im: CONVERSATION,
  chat: CONVERSATION,
  webhook: CONVERSATION,
};

/** The fields that content of this kind may have. */
export function contentFields(kind: ChannelKind): ContentFields {
  return BY_KIND[kind];
}

function vendorTemplateProblems(value: unknown, path: string): FieldError[] {
  const { id, params, ...others } = value as Record<string, unknown>;
  const errors: FieldError[] = Object.keys(others).map((name) => ({
    path: `${path}.${name}`,
    message: 'is not a field of vendorTemplate (id, params)',
  }));
  if (typeof id !== 'string' || id === '') errors.push({ path: `${path}.id`, message: 'must be a non-empty string' });
  if (typeof params !== 'object' || params === null || Array.isArray(params)) {
    return [...errors, { path: `${path}.params`, message: 'must be an object' }];
  }
  const wrong = Object.entries(params).filter(([, param]) => typeof param !== 'string');
  return [...errors, ...wrong.map(([name]) => ({ path: `${path}.params.${name}`, message: 'must be a string' }))];
}
