import { urlProblem } from '../url-problem.js';
import { type FieldObject, namesIn, readObject } from './field-tree.js';
import { readTemplate, type Scope } from './placeholders.js';
import type { SettingsReader } from './settings-reader.js';
import { parseTemplate, type Template } from './template.js';

export const METHODS = ['POST', 'GET'] as const;
export const ENCODINGS = ['form', 'json', 'query'] as const;

/** How one kind of call is made. */
export interface CallRules {
  method: (typeof METHODS)[number];
  url: Template;
  encoding: (typeof ENCODINGS)[number];
  fields: FieldObject;
  /** All placeholders that it has. */
  names: ReadonlySet<string>;
}

/** Reads `method`, `url`, `encoding` and `fields`; by GET nothing but a query can go out. */
export function readCall(
  reader: SettingsReader,
  scope: Scope,
  usual: Pick<CallRules, 'method' | 'encoding'>,
): CallRules {
  const method = reader.choice('method', METHODS, usual.method);
  const encoding = reader.choice('encoding', ENCODINGS, usual.encoding);
  if (method === 'GET' && encoding !== 'query') reader.complain('encoding', 'must be query where the method is GET');
  const url = readUrl(reader, scope);
  const fields = readObject(
    Object.fromEntries(reader.part('fields').entries()),
    reader.pathOf('fields'),
    scope,
    reader.errors,
  );
  return { method, url, encoding, fields, names: new Set([...url.names, ...namesIn(fields)]) };
}

function readUrl(reader: SettingsReader, scope: Scope): Template {
  const text = reader.text('url') ?? '';
  const problem = urlTemplateProblem(text);
  if (problem !== undefined) reader.complain('url', problem);
  return readTemplate(text, reader.pathOf('url'), scope, reader.errors);
}

/** What is wrong with an address that may hold placeholders behind its host, to finish a sentence. */
export function urlTemplateProblem(value: unknown): string | undefined {
  const text = String(value);
  const [host = ''] = /^https?:\/\/[^/?#]*/i.exec(text) ?? [];
  if (parseTemplate(host).names.length > 0) return 'must hold its placeholders behind the host';
  return urlProblem(parseTemplate(text).fill(() => 'x'));
}

/** Whether what it sends holds the text of a message. */
export const takesText = ({ names }: CallRules): boolean => names.has('text') || names.has('signedText');

/** Whether what it sends holds the template of a message. */
export const takesTemplate = ({ names }: CallRules): boolean => names.has('templateId');
